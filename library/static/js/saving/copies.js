// The browser's own copies of forms that the server does not have yet: text only, of one person, for a week at most.
import { person } from "./session.js";

const PREFIX = "unsaved:";
const LARGEST = 1_000_000; // characters of one copy
const MOST = 20; // copies
const LONGEST = 7 * 24 * 3600 * 1000; // milliseconds
const NEVER = new Set(["csrfmiddlewaretoken", "opened_by", "action-compare"]);

/** The fields of a form as [name, value], without files, passwords and keys. */
export function fieldsOf(form) {
    const secret = new Set([...form.querySelectorAll("[type=password]")].map(field => field.name));
    return [...new FormData(form)].filter(
        ([name, value]) => typeof value === "string" && !NEVER.has(name) && !secret.has(name) && !name.startsWith("keep-"),
    );
}

/** All copies of this person as [key, copy], the newest first; what is too old is dropped. */
export function copies() {
    const own = `${PREFIX}${person()}:`;
    const stored = Object.keys(localStorage).filter(key => key.startsWith(own)).map(key => [key, read(key)]);
    for (const [key, copy] of stored) if (!copy || Date.now() - copy.at > LONGEST) drop(key);
    return stored.filter(([, copy]) => copy && Date.now() - copy.at <= LONGEST).sort((one, other) => other[1].at - one[1].at);
}

/** A new key for the form of one page. */
export const newKey = () => `${PREFIX}${person()}:${crypto.getRandomValues(new Uint32Array(2)).join("")}`;

/** Stores the form under the key, in place of what stood there. A form that is too large, or a full store, is left out. */
export function store(key, form) {
    const copy = JSON.stringify({ at: Date.now(), action: address(form), fields: fieldsOf(form) });
    if (copy.length > LARGEST) return;
    copies().slice(MOST).forEach(([old]) => drop(old));
    try {
        localStorage.setItem(key, copy);
    } catch {
        drop(key);
    }
}

export const drop = key => localStorage.removeItem(key);

const read = key => {
    try {
        return JSON.parse(localStorage.getItem(key));
    } catch {
        return null;
    }
};

/** Drops everything of this person, at the sign-out. */
export const wipe = () => copies().forEach(([key]) => drop(key));

/** The address that a form is sent to, which is the name of what it edits. */
export const address = form => form.action.replace(window.location.origin, "");
