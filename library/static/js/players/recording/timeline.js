// The position in a recording: a slider over the waveform, with the phrases, the chapters and the loop drawn under it.
import { clock } from "../shared/addresses.js";
import { readPeaks, wave } from "./waveform.js";
import { addPreviews } from "./previews.js";
import { kilobytes, mayFetchFreely } from "../shared/save_data.js";

const STEP = 5; // seconds an arrow key moves; one with Shift
const LEAP = 60; // Page Up, Page Down

export function addTimeline(player) {
  const { media, root, section } = player;
  const box = root.querySelector(".timeline");
  const [canvas, slider] = [box.querySelector("canvas"), box.querySelector("input")];
  const phrases = [...section.querySelectorAll(".script")].slice(0, 1).flatMap((list) => [...list.children]).map(spanOf);
  const chapters = [...section.querySelectorAll(".chapters [data-t]")].map((link) => Number(link.dataset.t));
  let peaks = null;

  const draw = () => paint(canvas, { at: player.now(), length: player.duration || 1, peaks, phrases, chapters, loop: player.loop.span });
  const update = () => {
    const [at, length] = [player.now(), player.duration];
    slider.max = String(length || 1);
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", `${clock(at)} ${slider.dataset.of} ${clock(length)}`);
    player.part("clock").textContent = `${clock(at)} / ${clock(length)}`;
    draw();
  };
  for (const event of ["timeupdate", "loadedmetadata", "renditionchange", "loopchange"]) media.addEventListener(event, update);
  slider.addEventListener("input", () => player.seek(Number(slider.value)));
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -LEAP, PageUp: LEAP }[event.key];
    if (!by) return;
    event.preventDefault();
    player.seek(player.now() + (event.shiftKey ? Math.sign(by) : by));
  });
  new ResizeObserver(draw).observe(box);

  offer(player, "peaks", async (address) => {
    peaks = await readPeaks(address);
    box.classList.add("has-wave");
    draw();
  });
  offer(player, "previews", (address) => addPreviews(player, box, slider, address));
}

// Loads a help for the slider at once where it is light; else shows a button with its price.
function offer(player, name, fetchIt) {
  const { [name]: address, [`${name}Bytes`]: bytes } = player.section.dataset;
  const film = player.media.matches("video");
  if (!address || (name === "peaks" && film)) return;
  const button = player.button(name);
  const load = () => fetchIt(address).then(() => (button.hidden = true), () => (button.hidden = false));
  button.querySelector("[data-price]").textContent = kilobytes(Number(bytes));
  button.addEventListener("click", load);
  if (mayFetchFreely(Number(bytes))) load();
  else button.hidden = false;
}

const spanOf = ({ dataset }) => ({ from: Number(dataset.t), to: Number(dataset.e) });

function paint(canvas, { at, length, peaks, phrases, chapters, loop }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const density = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * density)) canvas.width = Math.round(width * density);
  if (canvas.height !== Math.round(height * density)) canvas.height = Math.round(height * density);
  const pen = canvas.getContext("2d");
  const colours = getComputedStyle(canvas);
  const colour = (name) => colours.getPropertyValue(name).trim();
  const x = (second) => (second / length) * width;
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, width, height);
  if (loop) {
    pen.fillStyle = colour("--loop");
    pen.fillRect(x(loop.from), 0, Math.max(2, x(loop.to) - x(loop.from)), height);
  }
  pen.fillStyle = colour("--phrase");
  for (const { from, to } of phrases) pen.fillRect(x(from), height - 4, Math.max(1, x(to) - x(from) - 1), 4);
  for (const second of chapters) pen.fillRect(x(second), 0, 2, height);
  if (peaks) wave(pen, peaks, { width, height: height - 6, length, at, ahead: colour("--wave"), behind: colour("--played") });
  else {
    pen.fillStyle = colour("--phrase");
    pen.fillRect(0, height / 2 - 2, width, 4);
    pen.fillStyle = colour("--played");
    pen.fillRect(0, height / 2 - 2, x(at), 4);
  }
}
