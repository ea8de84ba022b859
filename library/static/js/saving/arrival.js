// Every page of the admin: the copy of a form that was sent is dropped once the server says that it has it; a sign-out drops all.
import { drop, wipe } from "./copies.js";

const SENT = "unsaved-sent"; // in the session of the tab: the key of the copy of the form that was sent
const template = document.querySelector("template[data-sign-in-again]");

/** The key of the copy that this tab sent last and that the server has not taken; empty when there is none. */
export const sentKey = arrive();

/** Remembers for the next page which copy was sent. */
export const remember = key => sessionStorage.setItem(SENT, key);

function arrive() {
    const key = sessionStorage.getItem(SENT) ?? "";
    sessionStorage.removeItem(SENT);
    if (!key || !template || !document.querySelector(".messages li.success")) return key;
    drop(key);
    return "";
}

document.addEventListener(
    "submit",
    event => template && event.target.action === new URL(template.dataset.signOut, window.location.href).href && wipe(),
    { capture: true },
);
