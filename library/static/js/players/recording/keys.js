// Keys of the player. They work only while the focus is inside it (WCAG 2.1.4), and never in a field for text.
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

export function addKeys(player) {
  const { media } = player;
  const press = (name) => () => player.button(name).click();
  const faster = (by) => () => {
    const place = SPEEDS.indexOf(media.playbackRate) + by;
    if (SPEEDS[place]) media.playbackRate = media.defaultPlaybackRate = SPEEDS[place];
  };
  const actions = {
    k: press("play"),
    j: () => player.seek(player.now() - 10),
    l: () => player.seek(player.now() + 10),
    a: press("from"),
    b: press("to"),
    r: press("phrase"),
    x: press("free"),
    f: press("full"),
    c: () => player.nextCaptions?.(),
    "<": faster(-1),
    ">": faster(1),
  };
  player.root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, textarea, input[type=search]")) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
