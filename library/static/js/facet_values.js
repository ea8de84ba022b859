// Finds values of a long list of conditions by their first letters; ticked values stay. Closing the sheet applies what was ticked.
const PAUSE = 200; // milliseconds after the last key

for (const label of document.querySelectorAll("[data-values]")) {
  const field = label.querySelector("input");
  const box = label.parentElement;
  label.hidden = false;
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(field.value.trim()), PAUSE);
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // Enter would send the form

  async function show(typed) {
    const parameters = new URLSearchParams(location.search);
    parameters.set("tim", typed);
    const answer = await fetch(`${label.dataset.values}?${parameters}`).catch(() => null);
    if (!answer?.ok || typed !== field.value.trim()) return;
    const ticked = [...box.querySelectorAll("input:checked")].map((input) => input.value);
    for (const tick of box.querySelectorAll(".tick")) if (!tick.querySelector(":checked")) tick.remove();
    box.append(...(await answer.json()).values.filter(({ value }) => !ticked.includes(value)).map(tick));
  }

  function tick({ value, label: name, count }) {
    const line = Object.assign(document.createElement("label"), { className: "tick" });
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name: label.dataset.param, value });
    const words = Object.assign(document.createElement("span"), { className: "name", textContent: name });
    line.append(input, words, Object.assign(document.createElement("span"), { className: "num", textContent: count }));
    return line;
  }
}

for (const sheet of document.querySelectorAll("[data-sheet]")) {
  const form = sheet.querySelector("form");
  const done = sheet.querySelector("[data-changed]");
  let changed = false;
  form.addEventListener("change", () => {
    changed = true;
    done.textContent = done.dataset.changed;
  });
  sheet.addEventListener("toggle", () => !sheet.open && changed && form.requestSubmit());
}
