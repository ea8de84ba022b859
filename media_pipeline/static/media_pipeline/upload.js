// The upload page: sends the chosen file in pieces, shows how far it is, goes on with an upload of the list when its file is chosen again.
// Without this script the same form sends the file at once, and the list still cancels.
import { fingerprintOf } from "./uploads/fingerprint.js";
import { Refusal, Sending } from "./uploads/sending.js";

const form = document.querySelector("[data-media-uploads]");

function wire() {
  const part = (selector) => form.querySelector(selector);
  const [input, bar, message] = [part("input[type=file]"), part("progress"), part("[role=status]")];
  const [submit, cancel] = [part("[type=submit]"), part("[data-upload-cancel]")];
  let [sending, expected] = [null, null];

  const show = (words, bad = false) => {
    message.textContent = words;
    message.classList.toggle("error-message", bad);
  };
  const report = ({ part, message: words }) => {
    if (part !== undefined) bar.value = part;
    show(words);
  };
  const busy = (on) => {
    submit.disabled = on;
    bar.hidden = cancel.hidden = !on;
  };

  async function start(file) {
    const fingerprint = await fingerprintOf(file);
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const description = { fingerprint, replaces: form.dataset.replaces || "" };
    sending = new Sending(file, description, { url: form.dataset.mediaUploads, token, words: form.dataset, report });
    busy(true);
    show("");
    try {
      window.location = await sending.run();
    } catch (error) {
      if (sending.cancelled) return;
      busy(false);
      show(error instanceof Refusal ? `${file.name}: ${error.message}` : form.dataset.again, true);
    }
  }

  async function goOn(file) {
    const wanted = expected;
    expected = null;
    if ((await fingerprintOf(file)) === wanted.dataset.fingerprint) return form.requestSubmit();
    return show(form.dataset.other.replace("{name}", wanted.dataset.name), true);
  }

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (!file || (sending && submit.disabled)) return;
    event.preventDefault();
    start(file);
  });
  input.addEventListener("change", () => expected && input.files[0] && goOn(input.files[0]));
  input.addEventListener("cancel", () => (expected = null)); // the dialogue was closed: the next file is one of its own
  cancel.addEventListener("click", async () => {
    await sending.cancel();
    busy(false);
    show(form.dataset.cancelled);
  });
  for (const button of document.querySelectorAll("[data-upload-continue]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      expected = button;
      input.value = ""; // the same file chosen once more is a change, too
      input.click();
    });
  }
}

if (form) wire();
