// The search field: offers while one types, and letters that a keyboard lacks. Nothing of it is fetched before the field is used.
for (const field of document.querySelectorAll("input[type=search][data-suggest]")) {
  field.addEventListener("focus", () => import("./search/field.js").then(({ enhance }) => enhance(field)), { once: true });
}
