// On every page: starts the service worker, says when the page is a copy, and brings what the page offers for times without a network.
const worker = navigator.serviceWorker; // absent where the connection is not safe

if (worker) {
  addEventListener("load", () => worker.register("/sw.js").catch(() => {}));
  worker.addEventListener("message", ({ data }) => {
    if (data) sayThatItIsACopy(new Date(data));
  });
  worker.controller?.postMessage("copy?");
  for (const panel of document.querySelectorAll("[data-keep-panel]")) import("./offline/keep.js").then(({ offer }) => offer(panel));
  for (const list of document.querySelectorAll("[data-kept-list]")) import("./offline/list.js").then(({ show }) => show(list));
  askAfterKept();
  addEventListener("online", () => askAfterKept(true));
}

function sayThatItIsACopy(day) {
  const line = document.getElementById("ban-giu");
  line.textContent = line.dataset.words.replace("{}", day.toLocaleDateString(document.documentElement.lang));
  line.hidden = false;
}

// What was withdrawn since leaves this machine as soon as the library can be asked.
async function askAfterKept(now = false) {
  const names = await caches.keys().catch(() => []); // a browser may refuse to keep anything
  if (!names.some((name) => name.startsWith("kept "))) return;
  const { ask } = await import("./offline/copies.js");
  ask(now);
}
