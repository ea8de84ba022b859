// Reading a document: what is found inside it is listed beside it, and the words looked for are marked on the open page.
import { folded, mark } from "./folding.js";

export async function findInside(form, shown) {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const answer = await fetch(address).catch(() => null);
  const found = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("ket-qua");
  if (!found) return location.assign(address);
  shown.replaceChildren(found);
  found.tabIndex = -1;
  found.focus();
}

// The words together where they stand so, else each for itself.
export function markWords({ dataset, children }) {
  const pages = [...children].flatMap((child) => [...child.querySelectorAll(".pagewords")]);
  if (pages.flatMap((page) => mark(page, dataset.asked)).length) return;
  const words = folded(dataset.asked).match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words) for (const page of pages) mark(page, word);
}
