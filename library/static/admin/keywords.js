// Keywords of more than one word are stored in quotes, and shown without them: the quotes stay in the text, out of sight.
const unquote = (label) => {
  const quoted = label.textContent.match(/^"(.*)"$/s);
  if (!quoted || label.querySelector(".keyword-quote")) return;
  const quote = () => Object.assign(document.createElement("span"), { className: "keyword-quote", textContent: '"' });
  label.replaceChildren(quote(), quoted[1], quote());
};

const all = () => document.querySelectorAll(".tagit-label").forEach(unquote);
const form = document.querySelector("form[data-edit-form]");
if (form) {
  new MutationObserver(all).observe(form, { childList: true, subtree: true });
  all();
}
