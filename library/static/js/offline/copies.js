// What this browser keeps because the reader chose it: each thing in a cache of its own, named by the time and the address.
export const SIZE = "Copied-Bytes", AT = "Copied-At", MARK = "Offline-Copy"; // headers, as in library/offline/worker.js
const CARD = "/giu-lai/phieu.json"; // in each cache: title and language, written last, so that what has none is unfinished
const GONE = [403, 404, 410];
const EVERY = 15 * 60 * 1000, UNFINISHED = 3600 * 1000; // milliseconds
const ASKED = "giu-lai.hoi";

export const nameOf = (address) => `kept ${Date.now()} ${address}`;

export const bytesInWords = (bytes) => {
  const [size, unit, digits] = bytes < 999_500 ? [Math.max(1, Math.round(bytes / 1000)), "KB", 0] : [bytes / 1e6, "MB", 1];
  return `${size.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits })} ${unit}`;
};

export const dayInWords = (day) => new Date(day).toLocaleDateString(document.documentElement.lang);

// All kept things, the newest first; what was broken off is dropped after an hour.
export async function kept() {
  const things = [];
  for (const name of (await caches.keys()).filter((each) => each.startsWith("kept ")).sort().reverse()) {
    // Asked by its name: to open one that is dropped at this moment would make it anew.
    const [, at, address] = name.split(" "), card = await caches.match(CARD, { cacheName: name });
    if (card) things.push({ name, address, at: Number(at), ...(await card.json()), bytes: await weight(name) });
    else if (Date.now() - at > UNFINISHED) await drop(name);
  }
  return things;
}

export const drop = (name) => caches.delete(name);

export const finish = (cache, card) => cache.put(CARD, new Response(JSON.stringify(card)));

// The pages that were kept by being visited, the newest first.
export async function visited() {
  const cache = await caches.open("visited"), pages = [];
  for (const request of (await cache.keys()).reverse()) {
    const copy = await cache.match(request, { ignoreVary: true }), { pathname, search } = new URL(request.url);
    const title = new DOMParser().parseFromString(await copy.text(), "text/html").title.split(" · ")[0];
    pages.push({ title, address: pathname + search, at: Number(copy.headers.get(AT)) });
  }
  return pages;
}

// Asks the library about everything that is kept, at most every quarter of an hour, or whenever the reader wants it.
export async function ask(now = false) {
  if (!now && Date.now() - Number(localStorage.getItem(ASKED)) < EVERY) return;
  localStorage.setItem(ASKED, Date.now());
  for (const thing of await kept()) await askAbout(thing);
}

// The page itself says whether everybody may still see it, and each file says so of itself: no second rule (ADR 0046).
async function askAbout({ name, address }) {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url), here = pathname + search, isPage = here === address;
    if (!isPage && !pathname.startsWith("/tep/")) continue;
    const copy = await cache.match(request, { ignoreVary: true }), version = copy.headers.get("ETag");
    const headers = isPage && version ? { "If-None-Match": version } : {};
    const method = isPage ? "GET" : "HEAD"; // a file is not fetched again
    const answer = await fetch(here, { method, headers, credentials: "omit", cache: "no-store", redirect: "manual" }).catch(() => null);
    if (!answer) return; // no network after all
    const gone = GONE.includes(answer.status);
    if (isPage && gone) return drop(name);
    if (isPage && answer.headers.has(MARK)) await renew(cache, here, await sized(answer));
    if (!isPage && (gone || (answer.ok && answer.headers.get("ETag") !== version))) await cache.delete(request);
  }
}

// A page that changed may want styles and scripts of a newer build.
async function renew(cache, address, page) {
  const written = new DOMParser().parseFromString(await page.clone().text(), "text/html");
  for (const element of written.querySelectorAll("link[rel=stylesheet], script[src]")) {
    const file = element.getAttribute("href") ?? element.getAttribute("src");
    if (!(await cache.match(file))) await cache.put(file, await sized(await fetch(file)));
  }
  await cache.put(address, page);
}

// An answer with its size in a header. `tick` hears how many bytes of it have come.
export async function sized(answer, tick = () => {}) {
  const headers = new Headers(answer.headers), chunks = [], packed = headers.has("Content-Encoding");
  for (const reader = answer.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    if (!packed) tick(value.length);
  }
  const body = new Blob(chunks), size = Number(headers.get("Content-Length")) || body.size;
  if (packed) tick(size);
  headers.set(SIZE, size);
  headers.set(AT, Date.now());
  return new Response(body, { headers });
}

async function weight(name) {
  if (!(await caches.has(name))) return 0;
  const cache = await caches.open(name);
  let total = 0;
  for (const request of await cache.keys()) total += Number((await cache.match(request, { ignoreVary: true })).headers.get(SIZE));
  return total;
}
