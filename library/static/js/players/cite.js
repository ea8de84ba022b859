// A citation with an address that opens at this very second, or at the loop that is set.
import { clock, timeHash } from "./address.js";
import { copied } from "./copying.js";

export function citing(player) {
  const place = player.part("cite");
  const citation = player.root.dataset.citation; // ends with the address of the record
  player.button("cite").addEventListener("click", async () => {
    const { from, to } = player.loop.span ?? { from: player.now(), to: null };
    const when = to === null ? clock(from) : `${clock(from)}–${clock(to)}`;
    place.hidden = false;
    if (await copied(place.querySelector("textarea"), `${citation}${timeHash(player.number, from, to)} (${when})`)) player.say("copied");
  });
}
