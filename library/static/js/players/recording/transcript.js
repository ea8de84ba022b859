// The words of a recording: they follow the player, the player follows them, and a reader can search in them.
import { mark, unmark } from "../shared/marking.js";

const REST = 4000; // milliseconds for which the words stay where the reader has moved them

export function transcriptOf(player) {
  const { media, section } = player;
  const wordsOf = (list) => ({ list, lines: linesOf(list), current: null, movedAt: -REST });
  const lists = [...section.querySelectorAll(".words .script")].map(wordsOf);
  const currentLine = player.part("line");

  media.addEventListener("timeupdate", () => {
    for (const words of lists) follow(words, player.now());
    const text = lists[0]?.current?.item.querySelector("p").textContent ?? "";
    currentLine.hidden = media.matches("video") || !text;
    if (currentLine.textContent !== text) currentLine.textContent = text;
  });
  for (const words of lists) {
    const moved = () => (words.movedAt = performance.now());
    for (const event of ["wheel", "touchmove", "keydown"]) words.list.addEventListener(event, moved, { passive: true });
    words.list.addEventListener("keydown", walk);
    words.list.before(finder(words));
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

// The last line that starts at or before a second; lines are in the order of their times.
function lineAt(lines, second) {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].from <= second) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1] ?? null;
}

function follow(words, second) {
  const line = lineAt(words.lines, second);
  if (line === words.current) return;
  words.current?.item.removeAttribute("aria-current");
  line?.item.setAttribute("aria-current", "true");
  words.current = line;
  if (line && performance.now() - words.movedAt > REST) {
    const { list } = words;
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
  let marks = [];
  let place = -1;
  const search = () => {
    marks = [...list.querySelectorAll("p")].flatMap((words) => {
      unmark(words);
      return mark(words, field.value);
    });
    place = -1;
    count.textContent = field.value.trim() ? count.dataset.of.replace("{}", marks.length) : "";
  };
  field.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!marks.length) return;
    marks[place]?.classList.remove("here");
    place = (place + 1) % marks.length;
    const here = marks[place];
    here.classList.add("here");
    list.scrollTop += here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
    count.textContent = `${place + 1} / ${marks.length}`;
  });
  return form;
}
