// A long list of checkboxes with a field that narrows it while somebody types, with marks or without. Without script the whole list shows.
const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[đƀ]/g, (letter) => ({ đ: "d", ƀ: "b" })[letter]).replace(/[-'’]/g, " ");

class FilteredList extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll("label")].map((label) => ({ key: fold(label.textContent), label, box: label.querySelector("input") }));
    this.typing = this.querySelector("[type=search]");
    this.status = this.querySelector("[role=status]");
    this.typing.addEventListener("input", () => this.narrow());
    this.typing.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("change", () => this.tell());
    this.querySelector(".filtered-list__field").hidden = false;
    this.tell();
  }

  // What is ticked stays in sight, whatever is typed.
  narrow() {
    const words = fold(this.typing.value).split(/\s+/).filter(Boolean);
    for (const { key, label, box } of this.rows) {
      const fits = box.checked || words.every((word) => key.includes(word));
      (label.closest("li, div:not(.filtered-list__rows)") ?? label).hidden = !fits;
    }
    this.tell();
  }

  key(event) {
    if (event.key === "Enter") event.preventDefault(); // never sends the form by accident
    else if (event.key === "Escape" && this.typing.value) {
      event.preventDefault();
      this.typing.value = "";
      this.narrow();
    }
  }

  tell() {
    const shown = this.rows.filter(({ label }) => !label.closest("[hidden]")).length;
    const ticked = this.rows.filter(({ box }) => box.checked).length;
    this.status.textContent = this.dataset.status.replace("{shown}", shown).replace("{all}", this.rows.length).replace("{ticked}", ticked);
  }
}

customElements.define("filtered-list", FilteredList);
