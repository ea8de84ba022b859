// Over a long list of terms: a field that narrows it by typing, with marks or without; what is not there can be suggested.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
const words = document.querySelector("[data-term-words]").dataset;

class TermFilter {
  constructor(list) {
    this.list = list;
    this.retired = new Set([...list.options].filter((option) => option.hidden));
    this.field = Object.assign(document.createElement("input"), { type: "text", placeholder: words.typing, autocomplete: "off" });
    this.field.setAttribute("aria-label", words.typing);
    this.note = document.createElement("p");
    this.note.setAttribute("role", "status");
    this.note.className = "term-filter__note";
    list.before(this.field);
    list.after(this.note);
    this.field.addEventListener("input", () => this.narrow());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // never submits the form by accident
      const [first] = this.shown();
      if (first && this.field.value.trim()) this.choose(first);
    });
  }

  narrow() {
    const typed = plain(this.field.value.trim());
    for (const option of this.list.options) option.hidden = this.retired.has(option) || (Boolean(option.value) && !plain(option.label).includes(typed));
    this.note.replaceChildren();
    if (!typed || this.shown().length) return;
    this.note.append(`${words.none} `);
    if (words.open.split(" ").includes(this.list.dataset.vocabulary)) this.note.append(this.button());
  }

  shown() {
    return [...this.list.options].filter((option) => option.value && !option.hidden);
  }

  button() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary" });
    button.textContent = words.suggest.replace("%", this.field.value.trim());
    button.addEventListener("click", () => this.suggest(button));
    return button;
  }

  async suggest(button) {
    button.disabled = true;
    const body = new URLSearchParams({ vocabulary: this.list.dataset.vocabulary, label: this.field.value.trim() });
    const headers = { "X-CSRFToken": this.list.form.querySelector("[name=csrfmiddlewaretoken]").value };
    const answer = await fetch(words.url, { method: "POST", body, headers }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (!said || said.error) {
      this.note.textContent = said?.error ?? words.failed;
      return;
    }
    const option = new Option(said.label, said.code);
    this.list.append(option);
    this.choose(option);
    this.note.textContent = words.sent;
  }

  choose(option) {
    option.selected = true;
    this.field.value = "";
    this.narrow();
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const known = new WeakSet();
function find() {
  for (const list of document.querySelectorAll("select[data-vocabulary]")) {
    if (known.has(list)) continue;
    known.add(list);
    new TermFilter(list);
  }
}

new MutationObserver(find).observe(document.body, { childList: true, subtree: true });
find();
