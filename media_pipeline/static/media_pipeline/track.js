// Puts the time that is being heard into the text at the cursor. Without this script times are typed.
const player = document.querySelector("[data-track-player]");
const button = document.querySelector("[data-track-time]");
const words = document.querySelector("#words");

function clock(seconds) {
  const ms = Math.round(seconds * 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(ms / 3600000))}:${two(Math.floor(ms / 60000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}

if (player && button && words) {
  button.hidden = false;
  button.addEventListener("click", () => {
    words.setRangeText(clock(player.currentTime), words.selectionStart, words.selectionEnd, "end");
    words.focus();
  });
}
