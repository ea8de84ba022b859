// A decision that is no editor's form is sent once, and only when its person is still signed in: its words stay on the page.
import { signedIn } from "./session.js";
import { sayUnsaved } from "./status.js";

const FORM = "form[data-asks-for-session]";
const asking = new WeakSet(); // forms whose session is being asked for, or that are on their way: a second press changes nothing
const passes = new WeakSet(); // forms that are sent as they are at their next submit

async function maySend() {
    try {
        if (await signedIn()) return true;
        sayUnsaved("session");
    } catch (error) {
        sayUnsaved(error.message === "busy" ? "busy" : "network");
    }
    return false;
}

document.addEventListener("submit", async event => {
    const form = event.target;
    if (!form.matches(FORM) || passes.delete(form)) return;
    event.preventDefault();
    if (asking.has(form)) return;
    asking.add(form);
    if (await maySend()) {
        passes.add(form);
        form.requestSubmit(event.submitter);
    } else {
        asking.delete(form);
    }
});
window.addEventListener("pageshow", event => event.persisted && window.location.reload());
