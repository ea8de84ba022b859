// Which captions or subtitles stand over the picture; one language at a time, or none.
export function captions(player) {
  const { media } = player;
  const tracks = [...media.textTracks];
  if (!tracks.length) return;
  const choice = player.part("captions");
  for (const [place, track] of tracks.entries()) choice.append(new Option(track.label, String(place)));
  const show = (place) => {
    for (const [each, track] of tracks.entries()) track.mode = String(each) === place ? "showing" : "disabled";
    choice.value = place;
  };
  player.part("captions-of").hidden = false;
  player.nextCaptions = () => show(choice.options[(choice.selectedIndex + 1) % choice.options.length].value);
  choice.addEventListener("change", () => show(choice.value));
  media.addEventListener("play", () => show(choice.value || "0"), { once: true }); // not before: captions are bytes too
}
