// Under a date: what the library understood of it, or a question with a button for each answer. Without script the form says so when it is sent.
const WAIT = 300; // milliseconds after the last key

class WrittenDate extends HTMLElement {
  connectedCallback() {
    this.typing = this.querySelector("input");
    this.said = this.querySelector(".written-date__said");
    this.typing.setAttribute("autocomplete", "off");
    this.typing.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT);
    });
    this.ask();
  }

  async ask() {
    const typed = this.typing.value.trim();
    if (!typed) return this.said.replaceChildren();
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(typed)}`);
    if (!answer.ok || typed !== this.typing.value.trim()) return;
    const { said, question, choices } = await answer.json();
    this.classList.toggle("written-date--asks", !said);
    this.said.replaceChildren(said ? `${this.dataset.understood} ${said}` : question, ...choices.map((choice) => this.button(choice)));
  }

  button(choice) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: choice });
    button.addEventListener("click", () => {
      this.typing.value = choice;
      this.typing.dispatchEvent(new Event("input", { bubbles: true }));
      this.typing.dispatchEvent(new Event("change", { bubbles: true }));
      this.typing.focus();
    });
    return button;
  }
}

customElements.define("written-date", WrittenDate);
