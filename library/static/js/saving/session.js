// Who is signed in, and the sign-in over the page that another session's end asks for. The words stand in the page's own template.
const template = () => document.querySelector("template[data-sign-in-again]");

/** The key of the person who opened this page; empty where nobody is signed in. */
export const person = () => template()?.dataset.person ?? "";

let opened = null; // the promise of the open dialog: there is only one

/** Whether this page's person is signed in, after asking them if need be. Raises TypeError where the network is gone. */
export async function signedIn() {
    if (!template()) return true; // a page without the template: the server itself asks
    const state = await ask();
    if (state.person === person()) return true;
    opened ??= showDialog(state).finally(() => { opened = null; });
    return opened;
}

// The key of forms changes with every sign-in: all forms of the page, and Wagtail's own requests, get the new one.
function renew(token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
}

async function ask() {
    const answer = await fetch(template().dataset.url, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) throw new TypeError("busy");
    const state = await answer.json();
    renew(state.token);
    return state;
}

async function showDialog(state) {
    const dialog = template().content.firstElementChild.cloneNode(true);
    const form = dialog.querySelector("form");
    const error = dialog.querySelector("[data-error]");
    dialog.querySelector("[data-other]").hidden = !state.person;
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("[type=password]").focus();
    const look = async () => { // who has signed in elsewhere in this browser meanwhile, with a passkey say, goes on here
        if ((await ask().catch(() => state)).person === person()) dialog.close("signed-in");
    };
    window.addEventListener("focus", look);
    return new Promise(resolve => {
        form.addEventListener("submit", async event => {
            event.preventDefault();
            event.stopPropagation();
            const button = form.querySelector("[type=submit]");
            button.disabled = true;
            const refused = await refusal(form);
            error.textContent = refused?.error ?? "";
            button.disabled = false;
            if (!refused) dialog.close("signed-in");
            else askAgain(form, refused.code_needed);
        });
        dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
        dialog.addEventListener("close", () => {
            window.removeEventListener("focus", look);
            dialog.remove();
            resolve(dialog.returnValue === "signed-in");
        });
    });
}

// After a refusal: the field that has to be filled once more. Who has a second factor is asked for its code.
function askAgain(form, codeNeeded) {
    const code = form.querySelector("[name=code]");
    if (codeNeeded) form.querySelector("[data-code]").hidden = false;
    code.required = Boolean(codeNeeded);
    (codeNeeded ? code : form.querySelector("[type=password]")).select();
}

// Sends the password; returns the refusal with its words (error), or null.
async function refusal(form) {
    const words = template().dataset;
    try {
        const state = await ask();
        const fields = new FormData(form);
        fields.set("csrfmiddlewaretoken", state.token);
        fields.set("person", person());
        const address = `${words.url}?lang=${document.documentElement.lang}`;
        const answer = await fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json" } });
        if (answer.status === 429) return { error: words.locked };
        const told = await answer.json();
        if (answer.ok) renew(told.token);
        return answer.ok ? null : { ...told, error: told.error ?? words.network };
    } catch {
        return { error: words.network };
    }
}
