// A citation with an address that opens at the current second, or at the current loop.
import { clock, timeHash } from "../shared/addresses.js";
import { copyText } from "../shared/clipboard.js";

export function addCitation(player) {
  const place = player.part("cite");
  const citation = player.root.dataset.citation; // ends with the address of the record
  player.button("cite").addEventListener("click", async () => {
    const { from, to } = player.loop.span ?? { from: player.now(), to: null };
    const when = to === null ? clock(from) : `${clock(from)}–${clock(to)}`;
    place.hidden = false;
    if (await copyText(place.querySelector("textarea"), `${citation}${timeHash(player.number, from, to)} (${when})`)) player.say("copied");
  });
}
