// Letters of the peoples' scripts, to tap into the search field at its caret.
const DOTTED = "\u25cc"; // carries a mark that stands on no letter of its own
const BREVE = "\u0306";
const LATIN = [..."ƀčĕĭ", `j${BREVE}`, ..."ñŏŭ", ...[..."bôơưê"].map((letter) => letter + BREVE)];
const BOARDS = [
  // Ê Đê, Gia Rai, Ba Na, Mnông, Cơ Ho, Bru: what Vietnamese keyboards lack
  { code: "la", label: "Latin", letters: LATIN },
  { code: "cjm-Cham", label: "Chăm", letters: [...range(0xaa00, 0xaa28), ...range(0xaa29, 0xaa36), ...range(0xaa40, 0xaa4d)] },
  { code: "blt-Tavt", label: "Thái", letters: [...range(0xaa80, 0xaac2), ...range(0xaadb, 0xaadd)] },
  { code: "km-Khmr", label: "Khmer", letters: [...range(0x1780, 0x17a2), ...range(0x17b6, 0x17c8), "\u17d2"] },
];

export function letterBoard(field) {
  const board = Object.assign(document.createElement("div"), { className: "find__board" });
  board.append(...BOARDS.map((letters) => group(field, letters)));
  board.addEventListener("click", ({ target }) => {
    const letter = target.closest("button")?.value;
    if (letter) insert(field, letter);
  });
  return board;
}

function group(field, { code, label, letters }) {
  const box = document.createElement("details");
  const keys = Object.assign(document.createElement("div"), { lang: code });
  keys.setAttribute("role", "group");
  keys.setAttribute("aria-label", label);
  box.append(Object.assign(document.createElement("summary"), { textContent: label }), keys);
  box.addEventListener("toggle", () => keys.children.length || keys.append(...letters.map(key)), { once: true });
  box.open = code === "la";
  return box;
}

function key(letter) {
  const mark = /^\p{M}/u.test(letter);
  return Object.assign(document.createElement("button"), { type: "button", value: letter, textContent: (mark ? DOTTED : "") + letter });
}

function insert(field, letter) {
  field.setRangeText(letter, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, place) => String.fromCodePoint(first + place));
}
