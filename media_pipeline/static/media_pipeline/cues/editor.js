// The cue editor: one row for each cue, corrected while listening, with the text of another language beside it.
import { clock, join, meanwhile, milliseconds, read, split, write } from "./model.js";

/** Shows the editor above the text field that is sent; the field stays for people who prefer it. A text it cannot read is left alone. */
export function edit({ field, player, host, words, others }) {
  const cues = read(field.value);
  if (!cues) return;
  const rows = document.createElement("ol");
  rows.className = "cues";
  host.append(toolbar(), rows);
  host.hidden = false;
  field.closest("[data-cue-text]").open = false;
  let beside = others[0]?.cues ?? [];
  let dirty = false;
  let stopAt = Infinity;
  cues.forEach((cue) => rows.append(row(cue)));

  player?.addEventListener("timeupdate", () => {
    const now = player.currentTime * 1000;
    if (now >= stopAt) {
      player.pause();
      stopAt = Infinity;
    }
    cues.forEach((cue, place) => rows.children[place]?.toggleAttribute("data-heard", cue.start <= now && now < cue.end));
  });
  field.form.addEventListener("submit", () => (dirty = false));
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());

  function toolbar() {
    const bar = document.createElement("p");
    if (others.length) {
      const select = document.createElement("select");
      select.setAttribute("aria-label", words.beside);
      select.append(...others.map(({ label }, place) => new Option(label, place)));
      select.addEventListener("change", () => {
        beside = others[select.value].cues;
        cues.forEach((cue, place) => showBeside(rows.children[place], cue));
      });
      bar.append(words.beside, " ", select);
    }
    return bar;
  }

  function row(cue) {
    const item = document.createElement("li");
    const [start, end] = ["start", "end"].map((edge) => time(cue, edge, item));
    const text = document.createElement("textarea");
    Object.assign(text, { rows: 2, value: cue.text, spellcheck: false });
    text.setAttribute("aria-label", words.text);
    text.addEventListener("input", () => {
      cue.text = text.value;
      changed();
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) cut(cue, text);
      else if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) step(item, event.key === "ArrowUp" ? -1 : 1);
      else return;
      event.preventDefault();
    });
    const other = document.createElement("p");
    other.className = "cues__beside";
    const buttons = document.createElement("p");
    buttons.append(
      ...(player ? [button(words.play, () => play(cue))] : []),
      button(words.split, () => cut(cue, text)),
      button(words.join, () => merge(cue)),
      button(words.remove, () => replace(cue, [])),
    );
    const times = document.createElement("p");
    times.append(start, " – ", end);
    item.append(times, text, other, buttons);
    showBeside(item, cue);
    return item;
  }

  function time(cue, edge, item) {
    const input = document.createElement("input");
    Object.assign(input, { value: clock(cue[edge]), inputMode: "decimal", size: 12 });
    input.setAttribute("aria-label", words[edge]);
    input.addEventListener("change", () => set(milliseconds(input.value)));
    if (!player) return input;
    const box = document.createElement("span");
    box.append(input, button(words.now, () => set(player.currentTime * 1000)));
    return box;

    function set(ms) {
      const valid = Number.isFinite(ms);
      input.setAttribute("aria-invalid", String(!valid));
      if (!valid) return;
      cue[edge] = Math.round(ms);
      input.value = clock(ms);
      showBeside(item, cue);
      changed();
    }
  }

  function cut(cue, text) {
    const at = player && !player.paused ? player.currentTime * 1000 : NaN;
    replace(cue, split(cue, text.selectionStart, at), 1);
  }

  function merge(cue) {
    const next = cues[cues.indexOf(cue) + 1];
    if (!next) return;
    const place = cues.indexOf(cue);
    cues.splice(place + 1, 1);
    rows.children[place + 1].remove();
    replace(cue, [join(cue, next)], 0);
  }

  function replace(cue, made, focused = 0) {
    const place = cues.indexOf(cue);
    cues.splice(place, 1, ...made);
    rows.children[place].replaceWith(...made.map(row));
    rows.children[Math.min(place + focused, cues.length - 1)]?.querySelector("textarea").focus();
    changed();
  }

  function step(item, by) {
    (by < 0 ? item.previousElementSibling : item.nextElementSibling)?.querySelector("textarea").focus();
  }

  function play(cue) {
    player.currentTime = cue.start / 1000;
    stopAt = cue.end;
    player.play();
  }

  function showBeside(item, cue) {
    item.querySelector(".cues__beside").textContent = meanwhile(beside, cue);
  }

  function changed() {
    dirty = true;
    field.value = write(cues);
  }
}

function button(label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: "button button-small button-secondary" });
  made.addEventListener("click", act);
  return made;
}
