// The light table: sends its form without leaving the page, keeps what is typed, and shows what has arrived meanwhile.
// Without this script the same form works, one page after the other.
import { wireKeys } from "./keys.js";
import { wireFiles } from "./files.js";

const [EVERY, TRY_AGAIN] = [3000, 10000]; // milliseconds
const root = document.querySelector("[data-light-table]");
const form = root.querySelector("#lt-form");
let sending = Promise.resolve();
let waitingSave = null;
let tryAgain = 0;

const typed = () => [...form.querySelectorAll(".lt__caption, .lt__title")];
const unsaved = () => typed().filter((input) => input.value !== input.defaultValue);
const ticked = () => [...form.querySelectorAll("[name=photo]:checked")];

showParts(document, []);

function say(words) {
  root.querySelector("[data-saved-state]").textContent = words;
}

function count() {
  const number = ticked().length;
  const words = number ? root.dataset.chosen.replace("{number}", number) : root.dataset.noneChosen;
  root.querySelector("[data-chosen-count]").textContent = words;
}

// What the form sends: only the texts that were changed, so that two people at one table do not write over each other.
function body(step) {
  const data = new FormData(form);
  for (const input of typed()) if (input.value === input.defaultValue) data.delete(input.name);
  data.set("step", step);
  return data;
}

// One press after the other: each sees what the one before has done. A save that has not begun yet will send what is typed until then, too:
// on a slow line forty lines do not make forty requests.
function press(step) {
  if (step === "save" && waitingSave) return waitingSave;
  sending = sending.then(() => begin(step)).catch(() => false);
  if (step === "save") waitingSave = sending;
  return sending;
}

function begin(step) {
  if (step === "save") waitingSave = null;
  return send(step);
}

async function send(step) {
  clearTimeout(tryAgain);
  const sent = new Map(unsaved().map((input) => [input.name, input.value]));
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: body(step) });
    if (!answer.ok) throw new Error(String(answer.status));
    if (new URL(answer.url).pathname !== location.pathname) {
      say(root.dataset.ended);
      return false;
    }
  } catch {
    say(root.dataset.unsaved);
    if (step === "save") tryAgain = setTimeout(() => press("save"), TRY_AGAIN);
    return false;
  }
  for (const input of typed()) if (sent.has(input.name)) input.defaultValue = sent.get(input.name);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (step === "save") showParts(page, ["lt-bar", "lt-targets"]);
  else show(page);
  say(root.dataset.saved.replace("{time}", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })));
  return true;
}

function showParts(page, ids) {
  for (const id of ids) document.getElementById(id)?.replaceWith(page.getElementById(id));
  for (const element of root.querySelectorAll("[data-script-only]")) element.hidden = false;
  for (const element of root.querySelectorAll("[data-plain-only]")) element.hidden = true;
}

// Puts the parts of a fresh page in the place of those that are shown. Ticks, focus, open lists and unsaved words stay.
function show(page, forget = true) {
  const [ticks, kept] = [ticked().map((box) => box.id), unsaved().map((input) => [input.id, input.value])];
  const [focus, open] = [document.activeElement?.id, root.querySelector("#lt-doubles-list")?.open];
  showParts(page, [...page.querySelectorAll("[data-part]")].map(({ id }) => id));
  showMessages(page);
  for (const [id, value] of kept) if (document.getElementById(id)) document.getElementById(id).value = value;
  for (const id of ticks) if (!forget && document.getElementById(id)) document.getElementById(id).checked = true;
  if (open && root.querySelector("#lt-doubles-list")) root.querySelector("#lt-doubles-list").open = true;
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  count();
}

function showMessages(page) {
  const list = document.querySelector(".messages ul");
  list.replaceChildren(...page.querySelectorAll(".messages ul > li"));
  for (const line of list.children) line.classList.add("new");
  if (list.children.length) list.closest(".messages").classList.add("appear");
}

async function fresh() {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok || new URL(answer.url).pathname !== location.pathname) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Somebody who types is not disturbed: an input method would lose its word if the field were made anew under it.
async function look() {
  const page = await fresh();
  if (!page) return;
  const writing = document.activeElement?.matches?.("#lt-form input[type=text]");
  if (!writing) return show(page, false);
  for (const photo of page.querySelectorAll("[data-photo]")) {
    const shown = document.getElementById(photo.id);
    if (shown && shown.dataset.state !== photo.dataset.state && !shown.contains(document.activeElement)) keepWords(shown, photo);
  }
}

function keepWords(shown, photo) {
  const [before, after] = [shown.querySelector(".lt__caption"), photo.querySelector(".lt__caption")];
  const [box, ticked_] = [photo.querySelector("[name=photo]"), shown.querySelector("[name=photo]")?.checked];
  if (before && after && before.value !== before.defaultValue) after.value = before.value;
  shown.replaceWith(photo);
  if (box && ticked_) box.checked = true;
}

function refresh() {
  sending = sending.then(look).catch(() => null);
  return sending;
}

async function watch() {
  const waiting = [...form.querySelectorAll("[data-photo]")].some(({ dataset }) => ["making", "arriving", "chosen", "waiting"].includes(dataset.state));
  if (waiting) await refresh();
  setTimeout(watch, EVERY);
}

async function pressAndGoOn(step) {
  const before = new Set([...form.querySelectorAll(".lt__title")].map(({ id }) => id));
  if (!(await press(step))) return;
  const group = [...form.querySelectorAll(".lt__title")].find(({ id }) => !before.has(id));
  if (group) group.focus(); // a new group wants its title
  else if (document.activeElement === document.body) form.querySelector("[name=photo]")?.focus();
}

root.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  pressAndGoOn(event.submitter?.value || "save");
});
root.addEventListener("change", (event) => {
  if (event.target.matches(".lt__caption, .lt__title")) press("save");
  if (event.target.matches("[name=photo]")) count();
});
root.addEventListener("click", (event) => {
  const all = event.target.closest("[data-choose-all]");
  if (all) for (const box of all.closest(".lt__group").querySelectorAll("[name=photo]")) box.checked = true;
  else if (event.target.closest("[data-choose-none]")) for (const box of ticked()) box.checked = false;
  else return;
  count();
});
addEventListener("beforeunload", (event) => unsaved().length && event.preventDefault());

wireKeys(form, { press: pressAndGoOn, count });
wireFiles(root, { refresh });
count();
setTimeout(watch, EVERY);
