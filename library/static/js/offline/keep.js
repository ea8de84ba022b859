// The panel "keep this to see it without a network": what to take along and what it costs, a bar, stopping, dropping.
import { bytesInWords, dayInWords, drop, kept } from "./copies.js";

const address = location.pathname + location.search;
const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0);

export async function offer(panel) {
  const part = (name) => panel.querySelector(`[data-${name}]`);
  const say = (name, ...words) => {
    part("status").textContent = words.reduce((text, word) => text.replace("{}", word), panel.dataset[name]);
  };
  const pictures = picturesOfPage(), recordings = recordingsOfPage(part("recording"));
  const choice = () => {
    const heard = recordings.filter(({ select }) => select.value);
    const player = heard.some(({ hasPlayer }) => hasPlayer);
    const files = [...(part("pictures-taken").checked ? pictures : []), ...heard.map(({ files, select }) => files[select.value])];
    const page = Number(document.querySelector("[data-page-bytes]").dataset.pageBytes);
    return { files, player, bytes: page + sum(files) + (player ? Number(panel.dataset.playerBytes) : 0) };
  };
  const showPrice = () => { part("price").textContent = bytesInWords(choice().bytes); };
  const copies = async () => (await kept()).filter((thing) => thing.address === address);
  const showCopies = async (name) => {
    const [copy] = await copies();
    part("drop").hidden = !copy;
    if (copy) say(name, bytesInWords(copy.bytes), dayInWords(copy.at));
  };

  part("pictures").hidden = !pictures.length;
  part("pictures-size").textContent = bytesInWords(sum(pictures));
  part("recording").before(...recordings.map(({ element }) => element));
  part("drop").addEventListener("click", async () => {
    for (const { name } of await copies()) await drop(name);
    part("drop").hidden = true;
    say("dropped");
    part("keep").focus();
  });
  part("keep").addEventListener("click", async () => {
    const { bytes, files, player } = choice(), stop = new AbortController(), bar = part("bar");
    const halt = () => stop.abort();
    const busy = (yes) => {
      part("keep").disabled = yes;
      part("progress").hidden = !yes;
    };
    bar.max = bytes;
    bar.value = 0;
    busy(true);
    say("keeping", bytesInWords(bytes));
    part("stop").addEventListener("click", halt);
    const { keep } = await import("./keeping.js");
    const { outcome, room } = await keep({
      address, bytes, files, player, signal: stop.signal,
      card: { title: panel.dataset.title, lang: document.documentElement.lang },
      own: panel.dataset.files,
      tick: (more) => { bar.value += more; },
    });
    part("stop").removeEventListener("click", halt);
    busy(false);
    if (outcome === "kept") showCopies("kept");
    else say(outcome, bytesInWords(bytes), bytesInWords(room));
  });
  panel.addEventListener("change", showPrice);
  showPrice();
  await showCopies("already");
  panel.hidden = false;
}

// Each picture once, at the width that a telephone needs.
function picturesOfPage() {
  const all = [...document.querySelectorAll("img[data-keep]")].map(({ dataset: { keep, bytes } }) => ({ address: keep, bytes: Number(bytes) }));
  return [...new Map(all.map((picture) => [picture.address, picture])).values()];
}

// One choice for each recording: nothing, or one of its renditions with its weight.
function recordingsOfPage(template) {
  const places = new Map();
  for (const media of document.querySelectorAll("audio[data-bytes], video[data-bytes]")) {
    const place = media.closest("[data-recording], figure");
    places.set(place, [...(places.get(place) ?? []), media]);
  }
  return [...places].map(([place, renditions], number) => {
    const element = template.content.firstElementChild.cloneNode(true), select = element.querySelector("select");
    select.id = element.querySelector("label").htmlFor = `giu-tieng-${number + 1}`;
    if (places.size > 1) element.querySelector("[data-number]").textContent = number + 1;
    const files = renditions.map((media) => ({ address: addressOf(media), bytes: Number(media.dataset.bytes) }));
    renditions.forEach((media, index) => {
      const name = media.closest("details")?.querySelector("summary b")?.textContent ?? select.dataset[media.localName];
      select.append(new Option(`${name}, ${bytesInWords(files[index].bytes)}`, index));
    });
    return { element, select, files, hasPlayer: place.matches("[data-recording]") };
  });
}

// Of a film with several sources the last, which every device reads.
function addressOf(media) {
  return new URL(media.getAttribute("src") ?? [...media.querySelectorAll("source")].pop().src, location.href).pathname;
}
