// Brings photographs to the table: chosen, or dragged with their folders; told to the server first, then sent in pieces, two at a time.
// The server knows which of them it has: the same folder chosen again after a crash sends only what is missing.
import { fingerprintOf } from "../../media_pipeline/uploads/fingerprint.js";
import { Refusal, Sending } from "../../media_pipeline/uploads/sending.js";

const AT_ONCE = 2;
const SYSTEM_FILE = /^(\..*|thumbs\.db|desktop\.ini)$/i;

export function wireFiles(root, { refresh }) {
  const bring = root.querySelector("#lt-bring");
  const part = (selector) => bring.querySelector(selector);
  const [box, bar, status, pause] = [part("[data-progress]"), part("progress"), part("[data-progress] [role=status]"), part("[data-pause-button]")];
  const token = part("[name=csrfmiddlewaretoken]").value;
  const queue = [];
  const parts = new Map(); // file → how much of it is sent, 0 to 1
  let [running, paused, began, words] = [0, false, 0, ""];

  async function take(files) {
    const wanted = files.filter(({ file }) => !SYSTEM_FILE.test(file.name));
    if (!wanted.length) return;
    const told = [];
    for (const { file, folder } of wanted) told.push({ name: file.name, folder, size: file.size, fingerprint: await fingerprintOf(file) });
    const rows = await tell(told);
    if (!rows) return;
    const send = wanted.map(({ file }, at) => ({ file, fingerprint: told[at].fingerprint, row: rows[at] })).filter(({ row }) => row.send);
    if (!send.length) refuse(bring.dataset.allThere);
    if (!running) began = performance.now();
    for (const each of send) {
      parts.set(each.file, 0);
      queue.push(each);
    }
    await refresh();
    start();
  }

  async function tell(files) {
    const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
    const answer = await fetch(bring.dataset.expect, { method: "POST", headers, body: JSON.stringify({ files }) }).catch(() => null);
    const reply = await answer?.json().catch(() => ({}));
    if (answer?.ok) return reply.rows;
    refuse(reply?.message || bring.dataset.again);
    return null;
  }

  function refuse(sentence) {
    part("[data-refusals]").append(Object.assign(document.createElement("li"), { textContent: sentence }));
  }

  function start() {
    while (!paused && running < AT_ONCE && queue.length) send(queue.shift());
    show();
  }

  async function send({ file, fingerprint }) {
    running += 1;
    const report = ({ part: sent, message }) => {
      if (sent !== undefined) parts.set(file, sent);
      words = message || "";
      show();
    };
    try {
      await new Sending(file, { fingerprint }, { url: bring.dataset.uploads, token, words: bring.dataset, report }).run();
    } catch (error) {
      refuse(`${file.name}: ${error instanceof Refusal ? error.message : bring.dataset.again}`);
    }
    parts.set(file, 1);
    running -= 1;
    await refresh();
    start();
  }

  function show() {
    const all = [...parts.keys()];
    const size = all.reduce((sum, file) => sum + file.size, 0);
    const sent = all.reduce((sum, file) => sum + file.size * parts.get(file), 0);
    const done = all.filter((file) => parts.get(file) === 1).length;
    box.hidden = !running && !queue.length;
    bar.value = size ? sent / size : 0;
    const minutes = Math.ceil(((performance.now() - began) * (size - sent)) / Math.max(1, sent) / 60000);
    const left = sent > size / 20 && minutes > 0 ? ` ${bring.dataset.left.replace("{minutes}", minutes)}` : "";
    status.textContent = `${bring.dataset.sent.replace("{done}", done).replace("{all}", all.length)}${left} ${words}`;
  }

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? bring.dataset.goOn : bring.dataset.pause;
    start();
  });
  for (const input of bring.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      take([...input.files].map((file) => ({ file, folder: folderOf(file.webkitRelativePath || "") })));
      input.value = "";
    });
  }
  root.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    root.classList.add("lt--over");
  });
  root.addEventListener("dragleave", (event) => root.contains(event.relatedTarget) || root.classList.remove("lt--over"));
  root.addEventListener("drop", async (event) => {
    event.preventDefault();
    root.classList.remove("lt--over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const found = await Promise.all(entries.map((entry) => within(entry)));
    take(found.flat());
  });
  addEventListener("beforeunload", (event) => (running || queue.length) && event.preventDefault());
}

const folderOf = (path) => path.split("/").slice(0, -1).join("/");

// All files of a dragged file or folder, with the folder that each lies in
async function within(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [{ file, folder: folderOf(entry.fullPath.slice(1)) }] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) return found; // a reader gives at most a hundred at once
    for (const each of some) found.push(...(await within(each)));
  }
}
