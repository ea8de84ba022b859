// Keeps one page with the files that were chosen: all of it, as everybody sees it, or nothing.
import { MARK, drop, finish, kept, nameOf, sized } from "./copies.js";

const OUTCOMES = { AbortError: "stopped", NotAllowedError: "closed", QuotaExceededError: "full" }; // by the name of an error

// `own`: where the library's own files are; `tick` hears the bytes that come. Gives the outcome, and how much room there was.
export async function keep({ address, bytes, files, player, signal, card, own, tick }) {
  navigator.storage?.persist?.(); // without it a browser may drop what it needs room for; Firefox asks the reader, who may leave that open
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}, room = Math.max(0, quota - usage);
  if (bytes > room) return { outcome: "full", room };
  const name = nameOf(address);
  try {
    const cache = await caches.open(name);
    if (player) await import("../players/recording/player.js"); // a page without its player still plays, but less well
    await take(cache, address, signal, tick, (answer) => answer.headers.has(MARK));
    for (const file of files) await take(cache, file.address, signal, tick);
    for (const file of loaded(own)) await take(cache, file, signal);
    await finish(cache, card);
    for (const older of await kept()) if (older.address === address && older.name !== name) await drop(older.name);
    return { outcome: "kept", room };
  } catch (error) {
    await drop(name);
    return { outcome: OUTCOMES[error.name] ?? "failed", room };
  }
}

// Nothing of the reader's own goes with the question, so nothing of her own comes back.
async function take(cache, address, signal, tick, allowed = () => true) {
  const answer = await fetch(address, { credentials: "omit", signal });
  if ([403, 404, 410].includes(answer.status) || (answer.ok && !allowed(answer))) throw new DOMException(address, "NotAllowedError");
  if (!answer.ok) throw new Error(address);
  await cache.put(address, await sized(answer, tick));
}

// Styles, scripts and drawings that this page has fetched: they are in the browser already.
function loaded(own) {
  const addresses = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  return new Set(addresses.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(own)).map(({ pathname }) => pathname));
}
