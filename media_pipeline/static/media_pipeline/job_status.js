// Files in processing ask for their status every two seconds: a row of the list for itself, the page of one file for all that it shows.
// Without this script a reload shows the same.
const EVERY_MS = 2000;
const BY_SCRIPT = { headers: { "X-Requested-With": "XMLHttpRequest" } };

async function refresh(row) {
  const answer = await fetch(row.dataset.mediaStatus, BY_SCRIPT);
  if (!answer.ok) return;
  row.innerHTML = await answer.text();
  if (!row.querySelector("progress")) delete row.dataset.mediaStatus;
}

async function refreshPage(page) {
  if (page.contains(document.activeElement) || page.querySelector("details[open]")) return; // somebody is at work in it
  const answer = await fetch(location.href, BY_SCRIPT);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".media-page");
  if (fresh) page.replaceWith(fresh);
}

// A picture that may no longer be seen: a word in its place.
function replaceMissing(image) {
  const word = document.createElement("span");
  word.className = "media-missing";
  word.textContent = image.dataset.missing;
  image.replaceWith(word);
}

document.addEventListener("error", (event) => event.target.dataset?.missing && replaceMissing(event.target), { capture: true });
for (const image of document.querySelectorAll("img[data-missing]")) {
  if (image.complete && image.naturalWidth === 0 && image.loading !== "lazy") replaceMissing(image);
}

setInterval(() => {
  if (document.hidden) return;
  for (const row of document.querySelectorAll("[data-media-status]")) refresh(row).catch(() => {});
  for (const page of document.querySelectorAll("[data-media-page]")) refreshPage(page).catch(() => {});
}, EVERY_MS);
