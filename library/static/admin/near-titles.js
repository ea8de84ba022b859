// Under the title of a record: records of the same type whose titles are near, so that nobody describes a thing twice.
const WAIT = 500; // milliseconds after the last key

class NearTitles extends HTMLElement {
  connectedCallback() {
    this.title = document.getElementById(this.dataset.for);
    this.title.closest(".w-field__input, .w-field, div").after(this);
    this.title.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT);
    });
    this.ask();
  }

  async ask() {
    const typed = this.title.value.trim();
    const answer = typed ? await fetch(`${this.dataset.url}&q=${encodeURIComponent(typed)}`) : null;
    if (typed !== this.title.value.trim()) return;
    const rows = answer?.ok ? (await answer.json()).rows : [];
    const list = document.createElement("ul");
    list.append(...rows.map((row) => this.item(row)));
    this.replaceChildren(...(rows.length ? [this.dataset.words, list] : []));
  }

  item({ title, url }) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: url, target: "_blank", textContent: title }));
    return item;
  }
}

customElements.define("near-titles", NearTitles);
