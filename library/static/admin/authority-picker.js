// Adds ticked boxes to a form by typing; with data-single, one box in place of the other. The boxes are the value: unticking one removes it, with or without this script.
// A former unit goes to the field of former units, and what it became to the field of places; where it became several, the person chooses.
class AuthorityPicker extends HTMLElement {
  connectedCallback() {
    this.typing = this.querySelector("[role=combobox]");
    this.found = this.querySelector("[role=listbox]");
    this.chosen = this.querySelector(".picker__chosen");
    this.typing.addEventListener("input", () => this.ask());
    this.typing.addEventListener("keydown", (event) => this.key(event));
    this.typing.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.found.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[data-id]");
      if (option) this.choose(option);
    });
  }

  async ask() {
    const typed = this.typing.value.trim();
    this.asking = null;
    if (!typed) return this.close();
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(typed)}`);
    if (!answer.ok || typed !== this.typing.value.trim()) return;
    this.show((await answer.json()).rows);
  }

  show(rows, question = "") {
    this.rows = rows;
    this.found.replaceChildren(...rows.map((row, index) => this.option(row, index)));
    if (question) this.found.prepend(Object.assign(document.createElement("li"), { className: "picker__question", textContent: question }));
    if (!rows.length) this.found.append(Object.assign(document.createElement("li"), { textContent: this.dataset.none }));
    this.found.hidden = false;
    this.typing.setAttribute("aria-expanded", "true");
    this.mark(rows.length && !rows[0].why && !question ? 0 : -1); // what only another name matches is taken by nobody's Enter
  }

  option({ id, label, why }, index) {
    const item = Object.assign(document.createElement("li"), { id: `${this.found.id}-${index}`, role: "option", textContent: label });
    item.setAttribute("role", "option");
    item.dataset.id = id;
    if (why) item.append(Object.assign(document.createElement("small"), { textContent: why }));
    return item;
  }

  options() {
    return [...this.found.querySelectorAll("[data-id]")];
  }

  mark(index) {
    this.current = index;
    this.options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const option = this.options()[index];
    if (option) this.typing.setAttribute("aria-activedescendant", option.id);
    else this.typing.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const options = this.options();
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter") {
      event.preventDefault(); // never submits the form by accident
      if (options[this.current]) this.choose(options[this.current]);
    } else if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : options.length - 1;
      this.mark((this.current + step) % options.length);
    }
  }

  choose(option) {
    const row = this.rows.find(({ id }) => String(id) === option.dataset.id);
    this.typing.value = "";
    this.close();
    if (row.became) this.addFormer(row);
    else (this.asking ?? this).add(row);
    if (!row.became) this.asking = null;
  }

  addFormer(row) {
    const former = this.beside("former") ?? this;
    const present = this.dataset.former ? this : this.beside("present");
    former.add(row);
    if (row.became.length === 1) present?.add(row.became[0]);
    else if (row.became.length && present) {
      this.asking = present;
      this.show(row.became, this.dataset.question);
    }
  }

  beside(which) {
    const name = this.dataset[which];
    return name ? this.closest("form").querySelector(`authority-picker[data-name="${name}"]`) : null;
  }

  add({ id, label }) {
    if ("single" in this.dataset) this.chosen.replaceChildren();
    const present = this.chosen.querySelector(`input[value="${CSS.escape(id)}"]`);
    if (present) present.checked = true;
    else this.chosen.append(this.box(id, label));
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  box(id, text) {
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name: this.dataset.name, value: id, checked: true });
    const label = document.createElement("label");
    label.append(input, ` ${text}`);
    const item = document.createElement("li");
    item.append(label);
    return item;
  }

  close() {
    this.found.hidden = true;
    this.found.replaceChildren();
    this.typing.setAttribute("aria-expanded", "false");
    this.typing.removeAttribute("aria-activedescendant");
  }
}

customElements.define("authority-picker", AuthorityPicker);
