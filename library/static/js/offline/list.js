// What this browser keeps: a list with size and day, dropping one or all; and the pages that were visited lately.
import { ask, bytesInWords, dayInWords, drop, kept, visited } from "./copies.js";

export async function show(list) {
  const part = (name) => list.querySelector(`[data-${name}]`);
  const say = (text) => { part("status").textContent = text; };

  const line = ({ address, title, lang }, words) => {
    const item = part("line").content.firstElementChild.cloneNode(true), link = item.querySelector("a");
    Object.assign(link, { href: address, textContent: title, lang: lang ?? "" });
    item.querySelector("p").textContent = words;
    return item;
  };
  let turn = 0;
  const draw = async () => {
    const own = ++turn, things = await kept(), pages = await visited();
    if (own !== turn) return; // what was read before something was dropped is not drawn after it
    part("things").replaceChildren(...things.map((thing) => {
      const item = line(thing, `${list.dataset.since.replace("{}", dayInWords(thing.at))} · ${bytesInWords(thing.bytes)}`);
      const button = item.querySelector("button");
      button.hidden = false;
      button.append(Object.assign(document.createElement("span"), { className: "vh", textContent: ` ${thing.title}` }));
      button.addEventListener("click", () => leave([thing.name], list.dataset.dropped.replace("{}", thing.title)));
      return item;
    }));
    part("pages").replaceChildren(...pages.map((page) => line(page, list.dataset.visited.replace("{}", dayInWords(page.at)))));
    part("none").hidden = things.length > 0;
    part("all").hidden = !things.length;
    part("total").textContent = bytesInWords(things.reduce((total, { bytes }) => total + bytes, 0));
    part("visited-part").hidden = !pages.length;
  };
  const leave = async (names, words) => {
    for (const name of names) await drop(name);
    await draw();
    say(words);
    part("status").focus();
  };

  part("drop-all").addEventListener("click", async () => leave((await kept()).map(({ name }) => name), list.dataset.droppedAll));
  part("drop-visited").addEventListener("click", () => leave(["visited"], list.dataset.droppedVisited));
  await draw();
  list.hidden = false;
  await ask(true);
  await draw();
}
