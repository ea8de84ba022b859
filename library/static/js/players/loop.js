// Says one stretch of a recording again and again: the phrase that is being said, or from A to B.
import { clock } from "./address.js";

export function looping(player) {
  const { media } = player;
  const [phrase, free] = [player.button("phrase"), player.button("free")];
  const loop = { span: null, set, free: () => set(null, null), phrase: ofPhrase, from: () => mark("from"), to: () => mark("to") };
  let marked = {};

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
    marked = { ...(loop.span ?? marked), [end]: player.now() };
    if (marked.to > marked.from) set(marked.from, marked.to);
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
