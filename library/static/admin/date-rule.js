// Under the words of a date rule: what its numbers mean and the next three times, or what is wrong with them. The rule's calendar may be
// asked beside it: then its own hidden field follows that one. Without script the form says so when it is sent.
const WAIT = 300; // milliseconds after the last key
const PARTS = ["calendar", "start_month", "start_day", "end_month", "end_day", "around", "words"];

class DateRule extends HTMLElement {
  connectedCallback() {
    this.said = this.querySelector("[role=status]");
    const typing = this.querySelector("input");
    this.start = typing.name.slice(0, -"words".length);
    this.form = this.closest("form");
    this.apart = this.find(`${this.start.slice(0, -1).replace(/[^-]+$/, "")}calendar`);
    this.listener = (event) => this.changed(event);
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, this.listener);
    requestAnimationFrame(() => this.ask()); // the other fields of the rule may be drawn after this one
  }

  disconnectedCallback() {
    for (const kind of ["input", "change"]) this.form.removeEventListener(kind, this.listener);
  }

  find(name) {
    return this.form.elements.namedItem(name);
  }

  changed({ target }) {
    if (target !== this.apart && !target.name?.startsWith(this.start)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  asked() {
    const own = this.find(`${this.start}calendar`);
    if (own?.type === "hidden" && this.apart?.value) own.value = this.apart.value;
    const query = new URLSearchParams();
    for (const part of PARTS) {
      const field = this.find(this.start + part);
      if (field?.type === "checkbox" ? field.checked : field?.value) query.set(part, field.value);
    }
    return query;
  }

  async ask() {
    const query = this.asked();
    if (!["start_month", "start_day", "words"].some((part) => query.has(part))) return this.said.replaceChildren();
    const answer = await fetch(`${this.dataset.url}?${query}`);
    if (!answer.ok || String(query) !== String(this.asked())) return;
    const { said, question, next, proposal } = await answer.json();
    if (!said && !question) return this.said.replaceChildren(...(proposal ? [this.button(proposal)] : []));
    this.classList.toggle("written-date--asks", Boolean(question));
    const lines = question ? [question] : [`${this.dataset.understood} ${said}`, ...(next.length ? [`${this.dataset.next} ${next.join(" · ")}`] : [])];
    this.said.replaceChildren(...lines.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
  }

  // Fills in the numbers that the words name; the calendar only where none is chosen.
  button({ said, numbers, calendar }) {
    const words = this.dataset.fill.replace("{days}", said);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: words });
    button.addEventListener("click", () => {
      for (const [part, number] of Object.entries(numbers)) this.set(this.find(this.start + part), number);
      const own = this.find(`${this.start}calendar`);
      const field = own?.type === "hidden" ? this.apart : own;
      if (field && !field.value) this.set(field, calendar);
    });
    return button;
  }

  set(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("date-rule", DateRule);
