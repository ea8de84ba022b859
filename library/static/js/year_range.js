// Gives the years of a search two handles to drag, by pointer or by arrow keys; the number fields below stay what is sent.
for (const years of document.querySelectorAll("[data-years]")) {
  const [from, to] = years.querySelectorAll("input[type=number]");
  const { first, last, labelFirst, labelLast } = years.dataset;
  const handles = [handle(from, first, labelFirst), handle(to, last, labelLast)];
  years.querySelector("svg").after(...handles);
  draw();

  function handle(field, end, label) {
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: first, max: last, value: field.value || end });
    range.setAttribute("aria-label", label);
    range.addEventListener("input", () => {
      const [low, high] = handles.map((range) => Number(range.value));
      if (low > high) handles.find((other) => other !== range).value = range.value; // a handle pushes the other on
      from.value = handles[0].value === first ? "" : handles[0].value;
      to.value = handles[1].value === last ? "" : handles[1].value;
      draw();
    });
    field.addEventListener("input", () => {
      range.value = field.value || end;
      draw();
    });
    return range;
  }

  function draw() {
    const [low, high] = handles.map((range) => Number(range.value));
    for (const bar of years.querySelectorAll("svg a")) {
      bar.classList.toggle("out", Number(bar.dataset.last) < low || Number(bar.dataset.first) > high);
    }
  }
}
