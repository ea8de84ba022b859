// The keys of the light table: arrows from photograph to photograph, Shift with them ticks a row of them, G gathers, R turns,
// Enter writes a caption and goes on to the next, Escape goes back to the photograph.
const STEPS = { g: "gather", r: "turn" };
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

export function wireKeys(form, { press, count }) {
  const boxes = () => [...form.querySelectorAll("[name=photo]")];
  let last = null; // the photograph that was ticked last: a row of them begins there

  function tickTo(box, on = true) {
    const all = boxes();
    const [from, to] = [all.indexOf(document.getElementById(last)), all.indexOf(box)];
    const [first, end] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    for (const each of all.slice(first, end + 1)) each.checked = on;
    count();
  }

  // Up and down: the photograph whose middle is nearest in the next row
  function beside(box, key) {
    const all = boxes();
    const at = all.indexOf(box);
    if (key === "ArrowLeft") return all[at - 1];
    if (key === "ArrowRight") return all[at + 1];
    const place = (each) => each.closest("li").getBoundingClientRect();
    const own = place(box);
    const rows = all.map((each) => [each, place(each)]).filter(([, { top }]) => (key === "ArrowUp" ? top < own.top - 4 : top > own.top + 4));
    const distance = ([, { top, left }]) => Math.abs(top - own.top) * 10 + Math.abs(left - own.left);
    return rows.sort((one, other) => distance(one) - distance(other))[0]?.[0];
  }

  function onPhotograph(event, box) {
    const step = STEPS[event.key.toLowerCase()];
    if (ARROWS.includes(event.key)) {
      event.preventDefault();
      const next = beside(box, event.key);
      if (!next) return;
      if (event.shiftKey) {
        last ??= box.id;
        tickTo(next);
      }
      next.focus();
    } else if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!boxes().some(({ checked }) => checked)) box.checked = true;
      press(step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      box.closest("li").querySelector(".lt__caption")?.focus();
    }
  }

  function onCaption(event, field) {
    const photo = field.closest("li");
    if (event.key === "Escape") photo.querySelector("[name=photo]").focus();
    if (event.key !== "Enter") return;
    event.preventDefault();
    const fields = [...form.querySelectorAll(".lt__title, .lt__caption")];
    fields[fields.indexOf(field) + (event.shiftKey ? -1 : 1)]?.focus();
  }

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter ends a word of the input method
    if (event.target.matches("[name=photo]")) onPhotograph(event, event.target);
    else if (event.target.matches(".lt__caption")) onCaption(event, event.target);
    else if (event.target.matches(".lt__title") && event.key === "Enter") {
      event.preventDefault();
      event.target.closest(".lt__group").querySelector(".lt__caption")?.focus();
    }
  });
  form.addEventListener("click", (event) => {
    if (!event.target.matches("[name=photo]")) return;
    if (event.shiftKey && last) tickTo(event.target, event.target.checked);
    last = event.target.id;
  });
}
