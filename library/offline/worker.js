// What a reader visited, and what a reader chose to keep, is shown where there is no network (ADR 0046).
// LIBRARY stands above: the build, the files of the offline page, addresses (library/offline/worker.py).
const SHELL = `shell ${LIBRARY.build}`, VISITED = "visited", STATIC = "static", KEPT = "kept "; // names of caches
const PAGES = 40, BYTES = 4_000_000, FILES = 120; // visited pages, and files of the library's own, at most
const WEEK = 7 * 24 * 3600 * 1000; // a visited page is shown for so long
const PATIENCE = 4000; // milliseconds that a page waits for the network where there is a copy
const AT = "Copied-At", SIZE = "Copied-Bytes", MARK = "Offline-Copy"; // headers
const HASHED = /\.[0-9a-f]{12}\.\w+$/; // never changes
const GONE = [403, 404, 410], UNREACHABLE = [502, 503, 504];
const copiedAt = new Map(); // page → when the copy that it shows was made

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", ({ source }) => source.postMessage(copiedAt.get(source.id) ?? 0));
addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname, search } = new URL(request.url), address = pathname + search;
  if (request.method !== "GET" || origin !== location.origin) return;
  if (LIBRARY.own.some((start) => pathname.startsWith(start))) {
    if (request.mode === "navigate") event.waitUntil(caches.delete(VISITED)); // somebody signs in
  } else if (pathname.startsWith(LIBRARY.media)) {
    if (request.destination) event.respondWith(media(request, pathname)); // scripts that ask want the network's answer
  } else if (LIBRARY.files.some((start) => pathname.startsWith(start))) event.respondWith(file(event, pathname));
  else if (request.mode === "navigate") event.respondWith(page(event, address));
});

async function install() {
  await (await caches.open(SHELL)).addAll(LIBRARY.shell.map((address) => new Request(address, { credentials: "omit" })));
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("shell ") && name !== SHELL) await caches.delete(name);
  await clients.claim();
}

// The network first. A copy where it does not answer, or not soon; else the page that says so.
async function page(event, address) {
  const copy = (await keptCopy(address)) ?? (await visitedCopy(address));
  const asked = fetch(event.request);
  const copied = (answer) => (answer.headers.has(MARK) ? answer.clone() : answer); // of a large file no second stream that nobody reads
  event.waitUntil(asked.then((answer) => remember(address, copied(answer))).catch(() => {}));
  try {
    const late = new Promise((resolve) => copy && setTimeout(resolve, PATIENCE));
    const answer = await Promise.race([asked, late]);
    if (answer && !(copy && UNREACHABLE.includes(answer.status))) return answer;
  } catch { /* no network */ }
  if (copy) copiedAt.set(event.resultingClientId, Number(copy.headers.get(AT)));
  return copy ?? caches.match(LIBRARY.unreachable[address.startsWith("/en/") ? "en" : "vi"]);
}

// What may be kept is kept, and renewed in what the reader chose to keep; what is gone, or no longer for everybody, is dropped.
async function remember(address, answer) {
  if (answer.status >= 500) return;
  const visited = await caches.open(VISITED);
  await visited.delete(address);
  if (GONE.includes(answer.status)) for (const name of await keptNames(address)) await caches.delete(name);
  if (!answer.headers.has(MARK)) return;
  const body = await answer.blob(), headers = new Headers(answer.headers);
  headers.set(SIZE, answer.headers.get("Content-Length") ?? body.size);
  headers.set(AT, Date.now());
  const copy = () => new Response(body, { headers });
  await visited.put(address, copy());
  await trim(visited, PAGES, BYTES);
  for (const name of await keptNames()) {
    if (await caches.match(address, { cacheName: name })) await (await caches.open(name)).put(address, copy());
  }
}

async function file(event, address) {
  const copy = await caches.match(address, { ignoreVary: true });
  if (copy && HASHED.test(address)) return copy;
  try {
    const answer = await fetch(event.request), same = answer.clone();
    if (answer.ok) event.waitUntil(caches.open(STATIC).then((cache) => cache.put(address, same).then(() => trim(cache, FILES, Infinity))));
    return answer;
  } catch (error) {
    if (copy) return copy;
    throw error;
  }
}

// Media are never kept from here: only what the reader chose is there. Of a picture another size than the kept one may be asked for.
async function media(request, address) {
  const kept = await keptCopy(address);
  if (kept) return part(request, kept);
  try {
    return await fetch(request);
  } catch (error) {
    const other = request.destination === "image" && (await keptCopy(address.slice(0, address.lastIndexOf("/") + 1), true));
    if (other) return other;
    throw error;
  }
}

// Players ask for a range of bytes, and want that answer (RFC 9110, 14).
async function part(request, copy) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") ?? "");
  if (!range) return copy;
  const body = await copy.blob(), start = Number(range[1]), end = Math.min(range[2] ? Number(range[2]) + 1 : body.size, body.size);
  if (start >= body.size) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${body.size}` } });
  const headers = new Headers(copy.headers);
  headers.set("Content-Range", `bytes ${start}-${end - 1}/${body.size}`);
  headers.set("Content-Length", end - start);
  return new Response(body.slice(start, end), { status: 206, headers });
}

// Names of the caches that hold what the reader chose, the newest first; of one address where it is given.
async function keptNames(address = "") {
  return (await caches.keys()).filter((name) => name.startsWith(KEPT) && (!address || name.endsWith(` ${address}`))).sort().reverse();
}

// The copy of an address in what the reader chose; of any picture below it with `below`. A cache is asked by its name: to open one that
// the reader drops at this moment would make it anew.
async function keptCopy(address, below = false) {
  for (const name of await keptNames()) {
    const copy = below ? await pictureBelow(name, address) : await caches.match(address, { cacheName: name, ignoreVary: true });
    if (copy) return copy;
  }
}

async function pictureBelow(name, folder) {
  if (!(await caches.has(name))) return;
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const copy = new URL(request.url).pathname.startsWith(folder) && (await cache.match(request, { ignoreVary: true }));
    if (copy && copy.headers.get("Content-Type").startsWith("image/")) return copy;
  }
}

async function visitedCopy(address) {
  const copy = await (await caches.open(VISITED)).match(address, { ignoreVary: true });
  return copy && Date.now() - Number(copy.headers.get(AT)) < WEEK ? copy : undefined;
}

// The oldest leave first: a cache lists what was put last at its end.
async function trim(cache, most, bytes) {
  let count = 0, total = 0;
  for (const request of (await cache.keys()).reverse()) {
    const copy = await cache.match(request, { ignoreVary: true });
    total += Number(copy?.headers.get(SIZE));
    if (++count > most || total > bytes) await cache.delete(request);
  }
}
