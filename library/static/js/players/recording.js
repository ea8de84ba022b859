// The player of one recording: one media element for every way to take it, with everything the reader may do to it.
import { citing } from "./cite.js";
import { captions } from "./captions.js";
import { keys } from "./keys.js";
import { looping } from "./loop.js";
import { savesData } from "./saving.js";
import { timeline } from "./timeline.js";
import { transcript } from "./transcript.js";
import { waysOf } from "./ways.js";

const players = new WeakMap();

export function playerOf(section) {
  if (!players.has(section)) players.set(section, build(section));
  return players.get(section);
}

function build(section) {
  const root = document.getElementById("khung-phat").content.firstElementChild.cloneNode(true);
  const ways = waysOf(section);
  const media = mediaFor(ways);
  const player = {
    section, root, media, ways,
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
  player.transcript = transcript(player);
  player.loop = looping(player);
  timeline(player);
  captions(player);
  citing(player);
  keys(player);
  controls(player);
  section.querySelector("[data-stage]").replaceWith(root);
  section.classList.add("is-playing");
  player.take(beginning(section, ways));
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

const beginning = (section, ways) => (savesData() ? (ways.find((way) => way.film) ?? ways[0]).name : section.dataset.first);

function mediaFor(ways) {
  const given = ways.find((way) => way.film)?.element;
  const media = given ?? document.createElement("audio");
  for (const way of ways) way.element.remove();
  for (const file of media.querySelectorAll("source")) file.remove();
  media.controls = false;
  media.preload = "none";
  media.playsInline = true;
  return media;
}

// Which file plays, and where: `seek` may come before anything is loaded and then costs nothing.
function source(player) {
  const { media, ways } = player;
  let wanted = null;
  player.now = () => wanted ?? media.currentTime;
  player.seek = (second) => {
    const at = Math.max(0, player.duration ? Math.min(second, player.duration) : second);
    if (media.readyState) media.currentTime = at;
    else {
      wanted = at;
      media.dispatchEvent(new Event("timeupdate"));
    }
  };
  player.take = (name) => {
    const way = ways.find((each) => each.name === name);
    if (!way || way === player.way) return;
    const [at, playing, speed] = [player.now(), !media.paused, media.playbackRate];
    player.way = way;
    wanted = at;
    media.src = way.src;
    media.defaultPlaybackRate = media.playbackRate = speed;
    player.root.dataset.shows = way.film ? "film" : "sound";
    media.dispatchEvent(new Event("waychange"));
    if (playing) player.play();
  };
  player.play = () => media.play().catch((error) => error.name === "AbortError" || player.say("failed"));
  media.addEventListener("loadedmetadata", () => {
    player.duration ||= media.duration;
    if (wanted !== null) media.currentTime = wanted;
    wanted = null;
  });
  media.addEventListener("error", () => player.say("failed"));
}

function controls(player) {
  const { media, root, ways } = player;
  const [play, choice, speed, full] = [player.button("play"), player.part("way-of"), player.part("speed"), player.button("full")];
  const words = { play: play.getAttribute("aria-label"), pause: play.dataset.pause };
  play.addEventListener("click", () => (media.paused ? player.play() : media.pause()));
  if (media.matches("video")) media.addEventListener("click", () => play.click());
  for (const event of ["play", "pause"]) {
    media.addEventListener(event, () => {
      play.setAttribute("aria-label", media.paused ? words.play : words.pause);
      root.toggleAttribute("data-playing", !media.paused);
    });
  }
  choice.replaceChildren(...ways.map((way) => new Option(`${way.label} · ${way.weight}`, way.name)));
  choice.addEventListener("change", () => player.take(choice.value));
  media.addEventListener("waychange", () => (choice.value = player.way.name));
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
