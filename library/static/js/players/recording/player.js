// The player of one recording: one media element for all its renditions, with everything that a reader may do to it.
import { addCitation } from "./citation.js";
import { addCaptions } from "./captions.js";
import { addKeys } from "./keys.js";
import { loopOf } from "./loop.js";
import { savesData } from "../shared/save_data.js";
import { addTimeline } from "./timeline.js";
import { transcriptOf } from "./transcript.js";
import { renditionsOf } from "./renditions.js";

const players = new WeakMap();

export function playerOf(section) {
  if (!players.has(section)) players.set(section, build(section));
  return players.get(section);
}

function build(section) {
  const root = document.getElementById("khung-phat").content.firstElementChild.cloneNode(true);
  const renditions = renditionsOf(section);
  const media = mediaFor(renditions);
  const player = {
    section, root, media, renditions,
    number: Number(section.dataset.recording),
    duration: Number(section.dataset.duration ?? 0),
    part: (name) => root.querySelector(`[data-${name}]`),
    button: (name) => root.querySelector(`[data-do="${name}"]`),
    say: (name, ...words) => {
      const status = root.querySelector("[data-status]");
      status.textContent = words.reduce((text, word) => text.replace("{}", word), status.dataset[name]);
    },
  };
  source(player);
  player.part("screen").append(media);
  player.transcript = transcriptOf(player);
  player.loop = loopOf(player);
  addTimeline(player);
  addCaptions(player);
  addCitation(player);
  addKeys(player);
  controls(player);
  section.querySelector("[data-stage]").replaceWith(root);
  section.classList.add("is-playing");
  player.take(firstRendition(section, renditions));
  media.addEventListener("play", () => pauseOthers(media));
  return {
    ready(name) {
      player.take(name);
      bringIntoView(player);
    },
    playFrom(second) {
      player.seek(second);
      player.play();
    },
    showAt({ from, to }) {
      player.seek(from);
      if (to !== null) player.loop.set(from, to);
      bringIntoView(player);
      // the browser goes to the line itself when all is loaded, past the player
      if (document.readyState !== "complete") addEventListener("load", () => setTimeout(bringIntoView, 0, player), { once: true });
    },
  };
}

function firstRendition(section, renditions) {
  if (!savesData()) return section.dataset.first;
  return (renditions.find((rendition) => rendition.film) ?? renditions[0]).name;
}

function mediaFor(renditions) {
  const film = renditions.find((rendition) => rendition.film)?.element;
  const media = film ?? document.createElement("audio");
  for (const rendition of renditions) rendition.element.remove();
  for (const file of media.querySelectorAll("source")) file.remove();
  media.controls = false;
  media.preload = "none";
  media.playsInline = true;
  return media;
}

// Which file plays, and where: `seek` may come before anything is loaded and then costs nothing.
function source(player) {
  const { media, renditions } = player;
  let pending = null; // the second to go to as soon as the file is loaded
  player.now = () => pending ?? media.currentTime;
  player.seek = (second) => {
    const at = Math.max(0, player.duration ? Math.min(second, player.duration) : second);
    if (media.readyState) media.currentTime = at;
    else {
      pending = at;
      media.dispatchEvent(new Event("timeupdate"));
    }
  };
  player.take = (name) => {
    const rendition = renditions.find((each) => each.name === name);
    if (!rendition || rendition === player.rendition) return;
    const [at, playing, speed] = [player.now(), !media.paused, media.playbackRate];
    player.rendition = rendition;
    pending = at;
    media.src = rendition.src;
    media.defaultPlaybackRate = media.playbackRate = speed;
    player.root.dataset.shows = rendition.film ? "film" : "sound";
    media.dispatchEvent(new Event("renditionchange"));
    if (playing) player.play();
  };
  player.play = () => media.play().catch((error) => error.name === "AbortError" || player.say("failed"));
  media.addEventListener("loadedmetadata", () => {
    player.duration ||= media.duration;
    if (pending !== null) media.currentTime = pending;
    pending = null;
  });
  media.addEventListener("error", () => player.say("failed"));
}

function controls(player) {
  const { media, root, renditions } = player;
  const [play, select, speed, full] = [player.button("play"), player.part("rendition-of"), player.part("speed"), player.button("full")];
  const words = { play: play.getAttribute("aria-label"), pause: play.dataset.pause };
  play.addEventListener("click", () => (media.paused ? player.play() : media.pause()));
  if (media.matches("video")) media.addEventListener("click", () => play.click());
  for (const event of ["play", "pause"]) {
    media.addEventListener(event, () => {
      play.setAttribute("aria-label", media.paused ? words.play : words.pause);
      root.toggleAttribute("data-playing", !media.paused);
    });
  }
  select.replaceChildren(...renditions.map((rendition) => new Option(`${rendition.label} · ${rendition.weight}`, rendition.name)));
  select.addEventListener("change", () => player.take(select.value));
  media.addEventListener("renditionchange", () => (select.value = player.rendition.name));
  speed.addEventListener("change", () => (media.playbackRate = media.defaultPlaybackRate = Number(speed.value)));
  media.addEventListener("ratechange", () => (speed.value = String(media.playbackRate)));
  full.hidden = !(media.matches("video") && root.requestFullscreen);
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
}

function pauseOthers(media) {
  for (const other of document.querySelectorAll("audio, video")) if (other !== media) other.pause();
}

function bringIntoView({ root }) {
  root.querySelector(".player__dock").scrollIntoView({ block: "start" });
  root.querySelector('[data-do="play"]').focus({ preventScroll: true });
}
