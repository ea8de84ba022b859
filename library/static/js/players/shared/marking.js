// Vietnamese without its marks, and the words of a passage that match: "le hoi" finds "Lễ hội". The site's search folds alike.
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

// Marks each place of `element` whose words begin like the query; returns the new <mark> elements in their order.
export function mark(element, query) {
  const key = fold(query.trim());
  return key ? textNodes(element).flatMap((node) => markIn(node, key)) : [];
}

export function unmark(element) {
  for (const old of element.querySelectorAll("mark")) old.replaceWith(...old.childNodes);
  element.normalize();
}

function textNodes(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function markIn(node, key) {
  const characters = [...node.data.matchAll(/\P{M}\p{M}*/gu)];
  const letters = characters.map(([character]) => fold(character));
  const text = letters.join("");
  const places = letters.reduce((starts, letter) => [...starts, starts.at(-1) + letter.length], [0]);
  const marks = [];
  for (let at = text.lastIndexOf(key); at >= 0; at = at > 0 ? text.lastIndexOf(key, at - 1) : -1) {
    const [first, last] = [places.indexOf(at), places.indexOf(at + key.length)];
    if (first < 0 || last < 0 || /[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) continue;
    const end = last < characters.length ? characters[last].index : node.data.length;
    const range = document.createRange();
    range.setStart(node, characters[first].index);
    range.setEnd(node, end);
    const mark = document.createElement("mark");
    range.surroundContents(mark);
    marks.unshift(mark);
  }
  return marks;
}
