// An editor's form that is saving itself is sent only after that: the answer holds the keys of the new rows, and a form without them would
// store the rows a second time. Works on Wagtail's own controller; where there is none, the form is sent as it is.
const AUTOSAVE = "w-autosave";
const waiting = new WeakSet(); // forms that will be sent: a second press changes nothing

function autosaveOf(form) {
    return form.matches(`[data-controller~="${AUTOSAVE}"]`)
        ? window.wagtail?.app?.getControllerForElementAndIdentifier(form, AUTOSAVE)
        : null;
}

// The pressed button is switched off while it shows that it works, and a switched-off button is not sent: its value goes as a field.
function keepAction(form, button) {
    if (!button?.name) return;
    const action = document.createElement("input");
    Object.assign(action, { type: "hidden", name: button.name, value: button.value });
    form.append(action);
}

document.addEventListener(
    "submit",
    async event => {
        const form = event.target;
        const autosave = autosaveOf(form);
        if (!autosave?.submitPromise) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (waiting.has(form)) return;
        waiting.add(form);
        autosave.activeValue = false; // no other autosave may begin behind this one
        keepAction(form, event.submitter);
        await autosave.submitPromise.catch(() => null); // one that failed has saved nothing: the form itself is sent now
        waiting.delete(form);
        form.requestSubmit();
    },
    { capture: true },
);

// After an autosave the form holds that version: the person who then saves has seen it.
document.addEventListener("w-autosave:success", event => {
    const { revision_id: id, revision_created_at: at } = event.detail.response;
    const form = event.target;
    if (!id || !(form instanceof HTMLFormElement)) return;
    for (const [name, value] of Object.entries({ loaded_revision_id: id, loaded_revision_created_at: at })) {
        const field = form.elements.namedItem(name);
        if (field) field.value = value;
    }
});
