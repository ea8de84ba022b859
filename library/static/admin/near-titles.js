// Under the title of a record: records of the same type whose titles are near, so that nobody describes a thing twice; and what the
// search finds for the title, to be linked with. Both open in tabs of their own.
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
    const own = new URL(this.dataset.url, location.href).searchParams.get("own") ?? "";
    const near = await this.rows(typed, this.dataset.url);
    const found = await this.rows(typed, this.dataset.related && `${this.dataset.related}?own=${own}`);
    if (typed !== this.typing.value.trim()) return;
    const titles = near.map(({ title }) => title);
    const related = found.filter(({ title }) => !titles.includes(title));
    this.replaceChildren(...this.list(this.dataset.words, near), ...this.list(this.dataset.relatedWords, related));
  }

  async rows(typed, url) {
    const answer = typed && url ? await fetch(`${url}&q=${encodeURIComponent(typed)}`) : null;
    return answer?.ok ? (await answer.json()).rows : [];
  }

  list(words, rows) {
    if (!rows.length) return [];
    const list = document.createElement("ul");
    list.append(...rows.map((row) => this.item(row)));
    return [Object.assign(document.createElement("p"), { textContent: words }), list];
  }

  item({ title, note, url }) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: url, target: "_blank", textContent: title }));
    if (note) item.append(` ${note}`);
    return item;
  }
}

customElements.define("near-titles", NearTitles);
