// What is still missing to publish: a line over the form with a link to each field, marks on the labels, and counts on the tabs.
// The server reads the form as it stands, with the same list that publishing checks.
import { labelOf, placeOf } from "./field-labels.js";

const WAIT = 1000; // milliseconds after the last change

// Wagtail shows the panel of a tab some time after the click; a hidden field takes no focus.
function opened(panel) {
  if (!panel?.hidden) return Promise.resolve();
  document.getElementById(panel.getAttribute("aria-labelledby"))?.click();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (panel.hidden) return;
      observer.disconnect();
      requestAnimationFrame(resolve);
    });
    observer.observe(panel, { attributes: true, attributeFilter: ["hidden"] });
  });
}

class RecordCompleteness extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role=status]");
    this.meter = this.querySelector("progress");
    this.form = document.querySelector("form[data-edit-form]");
    if (!this.form) return;
    document.documentElement.style.setProperty("--required-words", JSON.stringify(this.dataset.must));
    for (const kind of ["input", "change", "click"]) this.form.addEventListener(kind, () => this.later());
    requestAnimationFrame(() => this.show(JSON.parse(this.querySelector("script").textContent)));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const body = new URLSearchParams(new FormData(this.form));
    if (String(body) === this.asked) return;
    this.asked = String(body);
    const answer = await fetch(this.dataset.url, { method: "POST", body }).catch(() => null);
    const rows = answer?.ok && !answer.redirected ? (await answer.json()).rows : null;
    if (rows && this.asked === String(body)) this.show(rows);
  }

  place({ field, part }) {
    return placeOf(this.form, field, part);
  }

  show(rows) {
    const missing = rows.filter(({ met }) => !met);
    this.meter.max = rows.length;
    this.meter.value = rows.length - missing.length;
    this.dataset.state = missing.length ? "lacks" : "complete";
    const words = this.dataset.some.replace("{met}", rows.length - missing.length).replace("{all}", rows.length);
    this.write(missing.length ? [Object.assign(document.createElement("span"), { textContent: words }), ...missing.map((row) => this.link(row))] : [this.dataset.all]);
    for (const row of rows) this.mark(row);
    this.count(missing);
  }

  // A line that says the same is left alone, so that whoever stands on a link stays there.
  write(parts) {
    const text = parts.map((part) => part.textContent ?? part).join("|");
    if (text === this.written) return;
    this.written = text;
    this.status.replaceChildren(...parts);
  }

  link(row) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: row.label });
    button.addEventListener("click", () => this.go(row));
    return button;
  }

  async go(row) {
    const place = this.place(row);
    await opened(place?.closest("[role=tabpanel]"));
    const field = place?.querySelector("input:not([type=hidden]):not([disabled]), select, textarea") ?? place?.querySelector("[id$=-ADD]") ?? place?.querySelector("button");
    place?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }

  // The mark stands on the label of each field that only publishing asks for, whether it is filled in or not.
  mark(row) {
    const label = labelOf(this.place(row));
    if (!label || label.querySelector(".w-required-mark")) return; // what is required to save is marked so already
    const mark = label.querySelector(".need") ?? label.appendChild(Object.assign(document.createElement("span"), { className: "need", textContent: this.dataset.need }));
    mark.classList.toggle("need--met", row.met);
  }

  count(missing) {
    for (const tab of document.querySelectorAll("[role=tab][aria-controls]")) {
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      const lacks = missing.filter((row) => panel?.contains(this.place(row))).length;
      const badge = tab.querySelector(".need") ?? tab.appendChild(Object.assign(document.createElement("span"), { className: "need" }));
      badge.hidden = !lacks;
      badge.textContent = this.dataset.lacks.replace("{count}", lacks);
    }
  }
}

customElements.define("record-completeness", RecordCompleteness);
