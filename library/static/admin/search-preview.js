// The preview of a curated question: asks again when the form has changed and rests, and when the button is pressed.
const REST = 800; // milliseconds

class SearchPreview extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.status = this.querySelector("[role=status]");
    this.querySelector("button").addEventListener("click", () => this.ask(true));
    for (const kind of ["input", "change", "click"]) this.form.addEventListener(kind, () => this.later());
    this.later();
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(false), REST);
  }

  async ask(always) {
    const data = new FormData(this.form);
    const asked = new URLSearchParams(data).toString();
    if (!always && asked === this.asked) return;
    this.asked = asked;
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body: data });
      if (!answer.ok) throw new Error(answer.statusText);
      const html = await answer.text();
      if (asked === this.asked) this.status.innerHTML = html; // a later question may have been asked meanwhile
    } catch {
      this.status.textContent = this.status.dataset.failed;
    }
  }
}

customElements.define("search-preview", SearchPreview);
