// Addresses of a place inside a file, after Media Fragments URI 1.0 (W3C 2012): #t=83, #t=12.5,18 and #xywh=percent:10,20,30,40.
// The second recording or picture of a page has its number before it: #2:t=83.
const TIME = /^#(?:(\d{1,4}):)?t=(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?$/;
const REGION = /^#(?:(\d{1,4}):)?xywh=(?:(percent|pixel):)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)$/;

// → { number, from, to } in seconds, `to` null for a moment; or null
export function timeIn(hash) {
  const match = TIME.exec(decode(hash));
  if (!match) return null;
  const [from, to] = [Number(match[2]), match[3] === undefined ? null : Number(match[3])];
  return { number: Number(match[1] ?? 1), from, to: to > from ? to : null };
}

export function timeHash(number, from, to = null) {
  const seconds = to === null ? [Math.floor(from)] : [from, to].map(round);
  return `#${prefix(number)}t=${seconds.join(",")}`;
}

// → { number, percent, x, y, width, height }, in hundredths of the picture or, as IIIF tools write it, in points of the whole; or null
export function regionIn(hash) {
  const match = REGION.exec(decode(hash));
  if (!match) return null;
  const [x, y, width, height] = match.slice(3).map(Number);
  return width > 0 && height > 0 ? { number: Number(match[1] ?? 1), percent: match[2] === "percent", x, y, width, height } : null;
}

export function regionHash(number, { x, y, width, height }) {
  return `#${prefix(number)}xywh=percent:${[x, y, width, height].map(round).join(",")}`;
}

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

const prefix = (number) => (number > 1 ? `${number}:` : "");
const round = (value) => Math.round(value * 100) / 100;

function decode(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return "";
  }
}
