// What is typed in an editor's form reaches the server, or the person is told why not: tries again, signs in again, sends once.
// Works on Wagtail's own controller of saving; a form without it is only sent with care.
import { person, signedIn } from "./session.js";
import { saySaved, saySaving, sayUnsaved } from "./status.js";

const EDITOR = "form[data-edit-form]";
const BOTH_TEXTS = "[data-shows-both-texts]"; // is on pages whose server shows both texts of two people
const DELAYS = [5, 10, 20, 40, 60]; // seconds until the next try; the last one repeats
const SESSION_CODES = new Set(["signed_out", "csrf", "other_person"]);
const waiting = new WeakSet(); // forms that will be sent: a second press changes nothing
const passes = new Set(); // forms that are sent as they are at their next submit
const sent = new WeakSet(); // forms on their way: a second press changes nothing
const SENDING = 10_000; // milliseconds
let tries = 0;
let timer = 0;

const controllerOf = (element, name) => window.wagtail?.app?.getControllerForElementAndIdentifier(element, name);
const autosaveOf = form => (form.matches('[data-controller~="w-autosave"]') ? controllerOf(form, "w-autosave") : null);

function prepare(form) {
    form.append(hidden("opened_by", person())); // the server refuses it from the session of somebody else
    const status = document.querySelector("[data-saving-status]");
    if (status) form.querySelector("footer")?.append(status); // at the foot, where it is always seen
}

function hidden(name, value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
}

function save(form) {
    window.clearTimeout(timer);
    timer = 0;
    const autosave = autosaveOf(form);
    if (!autosave || waiting.has(form)) return;
    autosave.activeValue = true; // Wagtail stops for good after some faults
    autosave.save(null);
}

function tryLater(form, reason) {
    const seconds = DELAYS[Math.min(tries++, DELAYS.length - 1)];
    sayUnsaved(reason, { seconds, button: { words: "now", press: () => save(form) } });
    window.clearTimeout(timer);
    timer = window.setTimeout(() => save(form), seconds * 1000);
}

/** Signs in again if need be. Returns whether the form may be sent; says it where not. */
async function maySend(form) {
    try {
        if (await signedIn()) return true;
        sayUnsaved("session", { button: { words: "signIn", press: async () => (await maySend(form)) && save(form) } });
    } catch (error) {
        const reason = error.message === "busy" ? "busy" : "network";
        autosaveOf(form) ? tryLater(form, reason) : sayUnsaved(reason);
    }
    return false;
}

// Both texts are shown by the server, which stores nothing then. Where it cannot, Wagtail asks at the next save.
const comparing = form => (document.querySelector(BOTH_TEXTS) ? { words: "compare", press: () => compare(form) } : null);

function compare(form) {
    const button = Object.assign(document.createElement("button"), { name: "action-compare", value: "1", hidden: true });
    form.append(button);
    form.requestSubmit(button);
    button.remove();
}

async function mend(form, { type, text, response }) {
    if (SESSION_CODES.has(response?.error_code)) {
        if (!(await maySend(form))) return;
        tries++ ? tryLater(form, "busy") : save(form);
    } else if (type === "invalid_revision") {
        sayUnsaved(text, { button: comparing(form) });
    } else if (type === "network_error") {
        tryLater(form, "network");
    } else if (type === "server_error") {
        tryLater(form, "busy");
    } else {
        sayUnsaved(text);
    }
}

document.addEventListener("w-autosave:save", event => {
    const autosave = autosaveOf(event.target);
    if (autosave) autosave.constructor.maxRetries = 0; // its own tries are five, for one fault only, and mute
    saySaving();
});

document.addEventListener("w-autosave:success", event => {
    tries = 0;
    window.clearTimeout(timer);
    saySaved();
    // After an autosave the form holds that version: the person who then saves has seen it.
    const { revision_id: id, revision_created_at: at } = event.detail.response;
    if (!id) return;
    for (const [name, value] of Object.entries({ loaded_revision_id: id, loaded_revision_created_at: at })) {
        const field = event.target.elements?.namedItem(name);
        if (field) field.value = value;
    }
});

document.addEventListener("w-autosave:error", event => {
    if (event.target.matches(EDITOR)) mend(event.target, event.detail);
});

window.addEventListener("online", () => {
    const form = document.querySelector(EDITOR);
    if (timer && form) save(form);
});

function send(form) {
    window.clearTimeout(timer);
    document.dispatchEvent(new CustomEvent("library:sent", { detail: { form } }));
    passes.add(form);
    sent.add(form);
    window.setTimeout(() => sent.delete(form), SENDING); // the network may have gone in this very moment
    form.requestSubmit();
}

// The pressed button is switched off while it shows that it works, and a switched-off button is not sent: its value goes as a field.
function keepAction(form, button) {
    const action = button?.name ? hidden(button.name, button.value) : null;
    if (action) form.append(action);
    return () => {
        action?.remove();
        const progress = button && controllerOf(button, "w-progress");
        if (progress) progress.loadingValue = false;
    };
}

// Wagtail's own question before a save knows the network of a moment ago, and of another's text only that there is one.
document.addEventListener(
    "click",
    event => {
        const session = event.target.closest?.(EDITOR) && document.querySelector('[data-controller~="w-session"]');
        const controller = session && controllerOf(session, "w-session");
        if (!controller) return;
        controller.interceptValue = document.querySelector(BOTH_TEXTS) ? "" : controller.interceptValue.replace("network", "");
    },
    { capture: true },
);
window.addEventListener("pageshow", event => event.persisted && window.location.reload());
document.querySelectorAll(EDITOR).forEach(prepare);

// A form is sent when its autosave is over, for the answer holds the keys of the new rows, and when the server would take it.
document.addEventListener(
    "submit",
    async event => {
        const form = event.target;
        if (!form.matches(EDITOR) || passes.delete(form)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (waiting.has(form) || sent.has(form)) return;
        waiting.add(form);
        const autosave = autosaveOf(form);
        if (autosave) autosave.activeValue = false; // no other autosave may begin behind this one
        const takeBack = keepAction(form, event.submitter);
        await autosave?.submitPromise?.catch(() => null); // one that failed has saved nothing: the form itself is sent now
        const allowed = await maySend(form);
        waiting.delete(form);
        if (allowed) send(form);
        else {
            takeBack();
            if (autosave) autosave.activeValue = true;
        }
    },
    { capture: true },
);
