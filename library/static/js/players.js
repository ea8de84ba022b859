// The entry point of every player: it waits for the reader's tap and fetches no more than that tap needs.
// Without it every file, every second and every page is a plain link.
import { regionIn, timeIn } from "./players/shared/addresses.js";

const plain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

for (const section of document.querySelectorAll("section[data-recording]")) {
  section.addEventListener("toggle", ({ target }) => {
    if (!target.matches("[data-rendition]") || !target.open) return;
    withPlayer(section, (player) => player.ready(target.dataset.rendition)).catch(() => {}); // the row has the browser's own player
  }, true);
  section.addEventListener("click", (event) => {
    const link = event.target.closest("[data-t] > a, a[data-t]");
    if (!link || !plain(event)) return;
    event.preventDefault();
    const second = Number(link.closest("[data-t]").dataset.t);
    withPlayer(section, (player) => player.playFrom(second)).catch(() => location.assign(link.href));
  });
}

for (const place of document.querySelectorAll("[data-zoom]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    const { openViewer } = await import("./players/picture/viewer.js");
    openViewer(place, regionIn(location.hash));
  });
}

for (const form of document.querySelectorAll("form.inside")) {
  const list = form.parentElement.querySelector("[data-found]");
  if (!list) continue; // the page of results itself
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { findInside } = await import("./players/document/pages.js");
    findInside(form, list);
  });
}
for (const reader of document.querySelectorAll(".reader[data-asked]:not([data-asked=''])")) {
  import("./players/document/pages.js").then(({ markWords }) => markWords(reader));
}

addEventListener("hashchange", goToPlace);
goToPlace();

async function withPlayer(section, use) {
  const { playerOf } = await import("./players/recording/player.js");
  use(playerOf(section));
}

// A link to a second or a region brings the reader there; what costs bytes still waits for the tap beside its price.
function goToPlace() {
  const time = timeIn(location.hash);
  const section = time && document.querySelector(`section[data-recording="${time.number}"]`);
  if (section) withPlayer(section, (player) => player.showAt(time));
  const region = regionIn(location.hash);
  const place = region && document.querySelector(`[data-zoom][data-number="${region.number}"]`);
  if (!place) return;
  place.closest("details.warned")?.setAttribute("open", "");
  place.scrollIntoView({ block: "center" });
  place.querySelector("button")?.focus({ preventScroll: true });
}
