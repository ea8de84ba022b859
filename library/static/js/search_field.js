// The search field: suggestions while a reader types, and letters that keyboards lack. Nothing is fetched before the field is used.
for (const field of document.querySelectorAll("input[type=search][data-suggest]")) {
  field.addEventListener("focus", () => import("./search/field_panel.js").then(({ enhance }) => enhance(field)), { once: true });
}
