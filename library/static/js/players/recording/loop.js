// Repeats one part of a recording: the current phrase, or from A to B.
import { clock } from "../shared/addresses.js";

export function loopOf(player) {
  const { media } = player;
  const [phrase, free] = [player.button("phrase"), player.button("free")];
  const loop = { span: null, set, free: () => set(null, null), phrase: ofPhrase, from: () => mark("from"), to: () => mark("to") };
  let ends = {}; // from and to, as far as the reader has set them

  function set(from, to) {
    loop.span = to > from ? { from, to } : null;
    free.hidden = !loop.span;
    phrase.setAttribute("aria-pressed", String(Boolean(loop.span)));
    media.dispatchEvent(new Event("loopchange"));
    if (!loop.span) return player.say("free");
    player.say("looping", clock(from), clock(to));
    if (player.now() < from || player.now() >= to) player.seek(from);
    watch();
  }

  function ofPhrase() {
    if (loop.span) return loop.free();
    const span = player.transcript.spanAt(player.now());
    if (span) set(span.from, span.to);
  }

  function mark(end) {
    ends = { ...(loop.span ?? ends), [end]: player.now() };
    if (ends.to > ends.from) set(ends.from, ends.to);
  }

  function back() {
    if (loop.span && (media.currentTime >= loop.span.to || media.ended)) {
      media.currentTime = loop.span.from;
      if (media.paused) player.play();
    }
  }

  // `timeupdate` comes four times a second, which is too coarse for a word
  function watch() {
    if (!loop.span || media.paused) return;
    back();
    requestAnimationFrame(watch);
  }

  media.addEventListener("play", watch);
  media.addEventListener("ended", back);
  for (const name of ["phrase", "from", "to", "free"]) player.button(name).addEventListener("click", loop[name]);
  return loop;
}
