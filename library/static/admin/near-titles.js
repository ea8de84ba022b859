// Under the title of a record: records of the same type whose titles are near, so that nobody describes a thing twice.
const WAIT = 500; // milliseconds after the last key

class NearTitles extends HTMLElement {
  connectedCallback() {
    if (this.typing) return; // moving it connects it again
    this.typing = document.getElementById(this.dataset.for);
    this.typing.closest(".w-field__input, .w-field, div").after(this);
    this.typing.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT);
    });
    this.ask();
  }

  async ask() {
    const typed = this.typing.value.trim();
    const answer = typed ? await fetch(`${this.dataset.url}&q=${encodeURIComponent(typed)}`) : null;
    if (typed !== this.typing.value.trim()) return;
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
