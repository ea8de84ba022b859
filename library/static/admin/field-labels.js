// Where a field of Wagtail's form stands, and where its name stands: fields, rows and blocks each have them elsewhere.
const HEADING = ".w-panel__header [data-panel-heading]";

// The place of a field of the form, or of a part of the fields of a type; rows are known by the list of their forms.
export const placeOf = (form, field, part) => {
  const whole = form.querySelector(`[data-contentpath="${field}"]`) ?? form.querySelector(`#id_${field}-FORMS`)?.closest(".w-panel");
  return (part && whole?.querySelector(`[data-contentpath="${part}"]`)) || whole;
};

// The element that names the field: a label before its wrapper, a label or a heading inside it, or the heading of a panel of its own.
export const labelOf = (place) => {
  if (!place) return null;
  if (place.matches(".w-panel")) return place.querySelector(`:scope > ${HEADING}`);
  const beside = place.closest("[data-field-wrapper]")?.previousElementSibling;
  const before = beside?.matches(".handbook-link") ? beside.previousElementSibling : beside;
  if (place.matches(".w-field")) return before?.matches(".w-field__label") ? before : place.closest(".w-panel")?.querySelector(`:scope > ${HEADING}`);
  return place.querySelector(":scope > .w-field__label") ?? place.querySelector(`:scope > .w-panel > ${HEADING}, :scope > div > .w-panel > ${HEADING}`);
};

// The name alone, without marks.
export const nameOf = (label) => {
  const words = label.querySelector(".c-sf-block__type, [data-panel-heading-text]");
  const name = words ?? [...label.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  return name?.textContent.trim() ?? "";
};
