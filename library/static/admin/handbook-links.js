// Beside the name of each field of a record: a link to its place in the handbook, in a tab of its own, so that the form stays as it is.
// By keyboard F1 opens it from inside the field; so the links are no stops between one field and the next.
import { labelOf, nameOf } from "./field-labels.js";

const KEY = /^[a-z_]+$/; // the keys of fields; rows and blocks have numbers or long codes

class HandbookLinks extends HTMLElement {
  connectedCallback() {
    this.form = document.querySelector("form[data-edit-form]");
    if (!this.form) return;
    new MutationObserver(() => this.later()).observe(this.form, { childList: true, subtree: true }); // rows and blocks come later
    this.form.addEventListener("keydown", (event) => this.key(event));
    this.later();
  }

  key(event) {
    if (event.key !== "F1") return;
    for (let place = event.target; place && place !== this.form; place = place.parentElement) {
      const link = labelOf(place.matches("[data-contentpath], .w-panel") ? place : null)?.nextElementSibling;
      if (link?.matches(".handbook-link")) {
        event.preventDefault();
        return link.click();
      }
    }
  }

  later() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.form.querySelectorAll("[data-contentpath]").forEach((place) => this.link(place, this.anchor(place)));
      this.form.querySelectorAll(".w-panel [id$=-FORMS]").forEach((rows) => this.link(rows.closest(".w-panel"), rows.id.slice("id_".length, -"-FORMS".length)));
    });
  }

  link(place, anchor) {
    const label = labelOf(place);
    const name = label && nameOf(label);
    if (!anchor || !name || label.nextElementSibling?.matches(".handbook-link")) return;
    const link = Object.assign(document.createElement("a"), { className: "handbook-link", href: `${this.dataset.url}#${anchor}`, target: "_blank", tabIndex: -1, textContent: "?" });
    link.setAttribute("aria-label", this.dataset.words.replace("{field}", name));
    label.after(link);
  }

  // attendance-rule for the part of a block, dates-edtf for the field of a row.
  anchor(place) {
    const keys = [];
    for (let part = place; part && this.form.contains(part); part = part.parentElement) {
      const key = part.dataset?.contentpath;
      if (key && KEY.test(key)) keys.unshift(key);
    }
    return keys[0] === "details" ? keys.slice(1).join("-") : keys.join("-");
  }
}

customElements.define("handbook-links", HandbookLinks);
