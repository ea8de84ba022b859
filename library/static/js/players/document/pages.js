// Reading a document: the pages with the words of a search are listed beside it, and those words are marked on the open page.
import { fold, mark } from "../shared/marking.js";

export async function findInside(form, list) {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const answer = await fetch(address).catch(() => null);
  const results = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("ket-qua");
  if (!results) return location.assign(address);
  list.replaceChildren(results);
  results.tabIndex = -1;
  results.focus();
}

// Marks the words of the search as a phrase where the page has it, else one by one.
export function markWords({ dataset, children }) {
  const pages = [...children].flatMap((child) => [...child.querySelectorAll(".pagewords")]);
  if (pages.flatMap((page) => mark(page, dataset.asked)).length) return;
  const words = fold(dataset.asked).match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words) for (const page of pages) mark(page, word);
}
