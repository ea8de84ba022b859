// Cues as values: read from WebVTT, written as WebVTT, split and joined. No DOM here.
const TIMES = /^(?:(\d+):)?(\d{1,2}):(\d{2})\.(\d{3})\s+-->\s+(?:(\d+):)?(\d{1,2}):(\d{2})\.(\d{3})/;
const LEAST = 100; // milliseconds of a cue

/** Cues of a WebVTT text as {start, end, text} in milliseconds; null where a block is not a cue, so that editing loses nothing. */
export function read(vtt) {
  const [head, ...blocks] = vtt.replaceAll("\r\n", "\n").split(/\n{2,}/);
  if (!head.startsWith("WEBVTT")) return null;
  const cues = blocks.filter((block) => block.trim()).map(cueOf);
  return cues.includes(null) ? null : cues;
}

export function write(cues) {
  return `WEBVTT\n\n${cues.map(({ start, end, text }) => `${clock(start)} --> ${clock(end)}\n${text.trim() || " "}\n`).join("\n")}`;
}

/** 83456 → "00:01:23.456". */
export function clock(ms) {
  const two = (number) => String(number).padStart(2, "0");
  const whole = Math.max(0, Math.round(ms));
  const [hours, minutes, seconds] = [whole / 3600000, (whole / 60000) % 60, (whole / 1000) % 60].map(Math.floor);
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(whole % 1000).padStart(3, "0")}`;
}

/** "1:23.5" or "00:01:23.456" → milliseconds; NaN for what is no time. A comma is read as a point. */
export function milliseconds(written) {
  const match = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d{1,2}(?:[.,]\d{1,3})?)$/.exec(written.trim());
  if (!match) return NaN;
  const [, hours = 0, minutes = 0, seconds] = match;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."))) * 1000);
}

/** Two cues of one, cut before the character at `caret`; the time is cut at `at` where it lies inside, else by the length of the words. */
export function split({ start, end, text }, caret, at) {
  const inside = at > start + LEAST && at < end - LEAST;
  const share = text.length ? caret / text.length : 0.5;
  const middle = inside ? Math.round(at) : Math.round(start + (end - start) * share);
  const cut = Math.min(Math.max(middle, start + LEAST), Math.max(end - LEAST, start + LEAST));
  return [
    { start, end: cut, text: text.slice(0, caret).trim() },
    { start: cut, end: Math.max(end, cut + LEAST), text: text.slice(caret).trim() },
  ];
}

export function join(first, second) {
  return { start: first.start, end: Math.max(first.end, second.end), text: `${first.text.trim()} ${second.text.trim()}`.trim() };
}

/** The words of other cues that are heard while a cue lasts. */
export function meanwhile(cues, { start, end }) {
  return cues.filter((each) => each.start < end && each.end > start).map((each) => each.text).join(" ");
}

function cueOf(block) {
  const lines = block.replace(/\n+$/, "").split("\n");
  const place = lines.findIndex((line) => TIMES.test(line));
  if (place < 0 || place > 1) return null;
  const [, h1 = 0, m1, s1, ms1, h2 = 0, m2, s2, ms2] = TIMES.exec(lines[place]);
  const time = (hours, minutes, seconds, ms) => ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
  return { start: time(h1, m1, s1, ms1), end: time(h2, m2, s2, ms2), text: lines.slice(place + 1).join("\n") };
}
