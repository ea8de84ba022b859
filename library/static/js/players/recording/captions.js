// Captions or subtitles over the picture; one language at a time, or none.
export function addCaptions(player) {
  const { media } = player;
  const tracks = [...media.textTracks];
  if (!tracks.length) return;
  const select = player.part("captions");
  for (const [place, track] of tracks.entries()) select.append(new Option(track.label, String(place)));
  const show = (place) => {
    for (const [index, track] of tracks.entries()) track.mode = String(index) === place ? "showing" : "disabled";
    select.value = place;
  };
  player.part("captions-of").hidden = false;
  player.nextCaptions = () => show(select.options[(select.selectedIndex + 1) % select.options.length].value);
  select.addEventListener("change", () => show(select.value));
  media.addEventListener("play", () => show(select.value || "0"), { once: true }); // not before: captions are bytes too
}
