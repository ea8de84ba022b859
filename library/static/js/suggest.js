// Offers names and titles while a search is being typed. Without it the field works as before.
const PAUSE = 200; // milliseconds after the last key
const SHORTEST = 2;

for (const field of document.querySelectorAll("input[type=search][data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-offers`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer = 0;
  let asked = "";

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE);
  });

  async function offer() {
    asked = field.value.trim();
    if (asked.length < SHORTEST || navigator.connection?.saveData) return;
    const typed = asked;
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || typed !== asked) return;
    const { offers } = await answer.json();
    list.replaceChildren(...offers.map(({ label }) => Object.assign(document.createElement("option"), { value: label })));
  }
}
