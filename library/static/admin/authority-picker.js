// Adds ticked boxes to a form by typing; with data-single, one box in place of the other. The boxes are the value: unticking one removes it, with or without this script.
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
    if (!typed) return this.close();
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(typed)}`);
    if (!answer.ok || typed !== this.typing.value.trim()) return;
    this.show((await answer.json()).rows);
  }

  show(rows) {
    this.found.replaceChildren(...rows.map((row, index) => this.option(row, index)));
    if (!rows.length) this.found.append(Object.assign(document.createElement("li"), { textContent: this.dataset.none }));
    this.found.hidden = false;
    this.typing.setAttribute("aria-expanded", "true");
    this.mark(rows.length ? 0 : -1);
  }

  option({ id, label }, index) {
    const item = Object.assign(document.createElement("li"), { id: `${this.found.id}-${index}`, role: "option", textContent: label });
    item.setAttribute("role", "option");
    item.dataset.id = id;
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
    const { id } = option.dataset;
    if ("single" in this.dataset) this.chosen.replaceChildren();
    const present = this.chosen.querySelector(`input[value="${CSS.escape(id)}"]`);
    if (present) present.checked = true;
    else this.chosen.append(this.box(id, option.textContent));
    this.typing.value = "";
    this.close();
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
