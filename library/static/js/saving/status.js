// The line that says when the form was last saved, or why it could not be. The words stand in the line's own data attributes.
const line = () => document.querySelector("[data-saving-status]");

let onPress = null;

/** The form is being saved. */
export const saySaving = () => write("saving", line()?.dataset.saving);

/** The form was saved now. */
export function saySaved() {
    const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
    write("saved", line()?.dataset.saved.replace("{time}", now));
}

/** Why the form was not saved. `seconds`: when the next try comes. `button`: {words, press}, what the person can do. */
export function sayUnsaved(reason, { seconds = 0, button = null } = {}) {
    const words = line()?.dataset;
    const told = words?.unsaved.replace("{reason}", words[reason] ?? reason) ?? "";
    write("unsaved", told + (seconds ? ` ${words?.again.replace("{seconds}", seconds)}` : ""), button);
    if (!words) sayOnPage(reason);
}

// A form that does not save itself has no line: Wagtail's own place for messages says it.
function sayOnPage(reason) {
    const words = document.querySelector("template[data-sign-in-again]")?.dataset;
    const detail = { type: "error", clear: true, text: words?.[reason] ?? reason };
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
}

function write(state, words, button = null) {
    const place = line();
    if (!place) return;
    const text = place.querySelector("[data-text]");
    place.dataset.state = state;
    if (text.textContent !== words) text.textContent = words; // a screen reader says what changes, and only that
    const press = place.querySelector("button");
    press.hidden = !button;
    press.textContent = button ? place.dataset[button.words] : "";
    onPress = button?.press ?? null;
}

document.addEventListener("click", event => {
    if (event.target.closest?.("[data-saving-status] button")) onPress?.();
});
