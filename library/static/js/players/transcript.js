// The words of a recording: they follow the player, the player follows them, and one can look for a word in them.
import { mark, unmark } from "./folding.js";

const REST = 4000; // milliseconds for which the words stay where the reader has moved them

export function transcript(player) {
  const { media, section } = player;
  const lists = [...section.querySelectorAll(".words .script")].map((list) => ({ list, lines: linesOf(list), current: null, moved: -REST }));
  const shown = player.part("line");

  media.addEventListener("timeupdate", () => {
    for (const each of lists) follow(each, player.now());
    const words = lists[0]?.current?.item.querySelector("p").textContent ?? "";
    shown.hidden = media.matches("video") || !words;
    if (shown.textContent !== words) shown.textContent = words;
  });
  for (const each of lists) {
    for (const event of ["wheel", "touchmove", "keydown"]) each.list.addEventListener(event, () => (each.moved = performance.now()), { passive: true });
    each.list.addEventListener("keydown", walk);
    each.list.before(finder(each));
  }
  return {
    // the phrase at a second, or the one before it
    spanAt: (second) => {
      const line = lists[0] && lineAt(lists[0].lines, second);
      return line ? { from: line.from, to: line.to } : null;
    },
  };
}

function linesOf(list) {
  const items = [...list.children];
  return items.map((item, place) => {
    const [from, until, next] = [Number(item.dataset.t), Number(item.dataset.e), Number(items[place + 1]?.dataset.t ?? Infinity)];
    return { item, from, to: until > from ? until : next };
  });
}

// The last line that has begun; lines stand in the order of their times.
function lineAt(lines, second) {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].from <= second) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1] ?? null;
}

function follow(each, second) {
  const line = lineAt(each.lines, second);
  if (line === each.current) return;
  each.current?.item.removeAttribute("aria-current");
  line?.item.setAttribute("aria-current", "true");
  each.current = line;
  if (line && performance.now() - each.moved > REST) {
    const { list } = each;
    list.scrollTop += line.item.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  }
}

// Up and down from line to line; Enter on a line plays from it, as on any link.
function walk(event) {
  const by = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const link = by && event.target.closest("li")?.[by]?.querySelector("a");
  if (!link) return;
  event.preventDefault();
  link.focus();
}

function finder({ list }) {
  const form = document.getElementById("tim-loi").content.firstElementChild.cloneNode(true);
  const [field, count] = [form.querySelector("input"), form.querySelector("output")];
  let found = [];
  let place = -1;
  const look = () => {
    found = [...list.querySelectorAll("p")].flatMap((words) => {
      unmark(words);
      return mark(words, field.value);
    });
    place = -1;
    count.textContent = field.value.trim() ? count.dataset.of.replace("{}", found.length) : "";
  };
  field.addEventListener("input", look);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!found.length) return;
    found[place]?.classList.remove("here");
    place = (place + 1) % found.length;
    const here = found[place];
    here.classList.add("here");
    list.scrollTop += here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
    count.textContent = `${place + 1} / ${found.length}`;
  });
  return form;
}
