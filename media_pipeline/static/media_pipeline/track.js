// The page that corrects a track: the cue editor in front of the text, and a button that inserts the time now heard into the text.
import { edit } from "./cues/editor.js";
import { clock } from "./cues/model.js";

const player = document.querySelector("[data-track-player]");
const button = document.querySelector("[data-track-time]");
const field = document.querySelector("#words");
const host = document.querySelector("[data-cues]");

if (player && button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    field.setRangeText(clock(player.currentTime * 1000), field.selectionStart, field.selectionEnd, "end");
    field.focus();
  });
}
if (host) edit({ field, player, host, words: host.dataset, others: JSON.parse(document.querySelector("#other-tracks").textContent) });
