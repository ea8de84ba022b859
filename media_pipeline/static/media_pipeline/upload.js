// Sends a file in chunks and resumes after a broken link. Without this script the same form sends the file at once.
const form = document.querySelector("[data-media-uploads]");
const WAIT_MS = [1000, 2000, 5000, 10000, 30000];

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Refused extends Error {}

async function ask(url, options = {}) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(url, { ...options, headers: { "X-CSRFToken": token, ...options.headers } });
  const reply = answer.status === 204 ? {} : await answer.json();
  if (answer.status === 409 && "offset" in reply) return reply;
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) throw new Refused(reply.message || answer.statusText);
  if (!answer.ok) throw new Error(answer.statusText);
  return reply;
}

async function patiently(action) {
  for (const wait of WAIT_MS) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Refused) throw error;
      await pause(wait);
    }
  }
  return action();
}

async function send(file, show) {
  const description = JSON.stringify({ name: file.name, size: file.size, mime: file.type });
  const upload = await patiently(() => ask(form.dataset.mediaUploads, { method: "POST", body: description }));
  let offset = upload.offset;
  while (offset < file.size) {
    const chunk = file.slice(offset, offset + upload.chunk_bytes);
    const reply = await patiently(() => ask(upload.url, { method: "PATCH", body: chunk, headers: { "Upload-Offset": String(offset) } }));
    offset = reply.offset;
    show(offset / file.size);
  }
  let done = await patiently(() => ask(`${upload.url}/finish`, { method: "POST" }));
  while (!done.page) {
    await pause(2000);
    done = await patiently(() => ask(`${upload.url}/finish`, { method: "POST" }));
  }
  return done.page;
}

form?.addEventListener("submit", async (event) => {
  const file = form.querySelector("input[type=file]").files[0];
  if (!file) return;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  const bar = form.querySelector("progress");
  const message = form.querySelector("[role=status]");
  button.disabled = true;
  bar.hidden = false;
  message.textContent = "";
  try {
    window.location = await send(file, (part) => {
      bar.value = part;
    });
  } catch (error) {
    message.textContent = error.message;
    button.disabled = false;
    bar.hidden = true;
  }
});
