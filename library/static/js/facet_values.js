// Finds values of a long list of conditions by their first letters; ticked values stay.
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
    line.append(input, ` ${name} `, Object.assign(document.createElement("span"), { className: "num", textContent: count }));
    return line;
  }
}
