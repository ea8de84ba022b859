// One search field in use: a panel below it with the offers and, on demand, the letters.
import { offerWhileTyping } from "./suggestions.js";

export function enhance(field) {
  const form = field.form;
  const panel = Object.assign(document.createElement("div"), { className: "find__panel", hidden: true });
  form.append(panel);
  const offers = offerWhileTyping(field, panel);
  panel.append(lettersButton(field));
  field.addEventListener("focus", () => (panel.hidden = false));
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) close();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault(); // the browser would empty the field
    close();
    field.focus({ preventScroll: true });
    panel.hidden = true;
  });
  panel.hidden = document.activeElement !== field;

  function close() {
    offers.close();
    panel.hidden = true;
  }
}

function lettersButton(field) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "find__letters" });
  button.append(Object.assign(document.createElement("span"), { textContent: field.dataset.letters }));
  const sample = Object.assign(document.createElement("span"), { textContent: " ƀ ĕ ñ ꨀ ꪀ ក" });
  sample.setAttribute("aria-hidden", "true");
  button.append(sample);
  button.setAttribute("aria-expanded", "false");
  let board = null;
  button.addEventListener("click", async () => {
    if (!board) {
      const { letterBoard } = await import("./letter_board.js");
      board = letterBoard(field);
      button.after(board);
      board.hidden = true;
    }
    board.hidden = !board.hidden;
    button.setAttribute("aria-expanded", String(!board.hidden));
  });
  return button;
}
