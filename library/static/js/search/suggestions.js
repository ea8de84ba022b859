// Names and titles that begin like what is typed, as a list box that the field controls (ARIA 1.2 combobox). Choosing one opens it.
const PAUSE = 150; // milliseconds after the last key
const SHORTEST = 2; // letters

export function offerWhileTyping(field, panel) {
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-offers`, className: "find__offers", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.offersLabel);
  const status = Object.assign(document.createElement("p"), { className: "vh" });
  status.setAttribute("role", "status");
  panel.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) field.setAttribute(name, value);

  let timer = 0;
  let active = -1;
  let asking = null;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      move(step);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      open(list.children[active]);
    } else if (event.key === "ArrowDown") {
      ask();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      point(-1); // the caret moves in the text
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", ({ target }) => open(target.closest("[role=option]")));
  if (field.value !== field.defaultValue) ask(); // typed before this script was there
  return { close };

  async function ask() {
    const typed = field.value.trim();
    if (typed.length < SHORTEST || navigator.connection?.saveData) return close();
    asking = new AbortController();
    const address = `${field.dataset.suggest}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address, { signal: asking.signal }).catch(() => null);
    if (!answer?.ok || typed !== field.value.trim()) return;
    show((await answer.json()).offers);
  }

  function show(offers) {
    list.replaceChildren(...offers.map(option));
    list.hidden = offers.length === 0;
    panel.hidden = false;
    field.setAttribute("aria-expanded", String(!list.hidden));
    point(-1);
    status.textContent = offers.length ? field.dataset.offersSaid.replace("{count}", offers.length) : field.dataset.offersNone;
  }

  function option({ label, note, url }, place) {
    const item = Object.assign(document.createElement("li"), { id: `${list.id}-${place}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = url;
    item.append(Object.assign(document.createElement("span"), { textContent: label }), " ");
    item.append(Object.assign(document.createElement("small"), { textContent: note }));
    return item;
  }

  function move(step) {
    const count = list.children.length;
    point(active === -1 && step < 0 ? count - 1 : active + step >= count ? -1 : active + step);
  }

  function point(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place < 0 ? -1 : place;
    const item = list.children[active];
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) field.setAttribute("aria-activedescendant", item.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function open(item) {
    if (item) location.assign(item.dataset.url);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    point(-1);
  }
}
