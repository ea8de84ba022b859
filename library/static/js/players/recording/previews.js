// Small pictures of a film over its seek bar: WebVTT whose cues name parts of one sheet (Media Fragments, #xywh).
import { clock } from "../shared/addresses.js";

const CUE = /([\d:.]+) --> ([\d:.]+)\s*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

export async function addPreviews(player, box, slider, address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`previews: ${answer.status}`);
  const cues = [...(await answer.text()).matchAll(CUE)].map((match) => cueOf(match, new URL(address, location.href)));
  const [preview, picture, words] = [box.querySelector(".preview"), box.querySelector("[data-sheet]"), box.querySelector("[data-at]")];

  const show = (second) => {
    const cue = cues.findLast(({ from }) => from <= second) ?? cues[0];
    if (!cue) return;
    preview.hidden = false;
    Object.assign(picture.style, {
      width: `${cue.width}px`, height: `${cue.height}px`,
      backgroundImage: `url("${cue.sheet}")`, backgroundPosition: `-${cue.x}px -${cue.y}px`,
    });
    words.textContent = clock(second);
    const room = box.clientWidth - preview.offsetWidth;
    const start = (second / (player.duration || 1)) * box.clientWidth - preview.offsetWidth / 2;
    preview.style.insetInlineStart = `${Math.max(0, Math.min(room, start))}px`;
  };
  box.addEventListener("pointermove", (event) => {
    const { left, width } = box.getBoundingClientRect();
    show(Math.max(0, ((event.clientX - left) / width) * player.duration));
  });
  for (const event of ["input", "keydown"]) slider.addEventListener(event, () => requestAnimationFrame(() => show(player.now())));
  for (const event of ["pointerleave", "focusout"]) box.addEventListener(event, () => (preview.hidden = true));
}

function cueOf([, from, , sheet, ...numbers], base) {
  const [x, y, width, height] = numbers.map(Number);
  return { from: seconds(from), sheet: new URL(sheet, base).href, x, y, width, height };
}

const seconds = (stamp) => stamp.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
