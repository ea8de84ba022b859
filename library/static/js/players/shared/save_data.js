// Whether to spare this reader's bytes: by the toggle on the page, by the browser, or because the link is weak.
const FREELY = 100_000; // bytes that a player may fetch to help itself without asking

export function savesData() {
  const link = navigator.connection;
  return Boolean(document.querySelector("form.saving[data-on]")) || Boolean(link?.saveData) || /2g$/.test(link?.effectiveType ?? "");
}

export const mayFetchFreely = (bytes) => !savesData() && bytes <= FREELY;

export const kilobytes = (bytes) => `${Math.max(1, Math.round(bytes / 1000)).toLocaleString(document.documentElement.lang)} KB`;
