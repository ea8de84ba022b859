// A record's form keeps its text in the browser until the server has it, and offers what an earlier page could not save.
import { remember, sentKey } from "./arrival.js";
import { address, copies, drop, fieldsOf, newKey, store } from "./copies.js";

const DELAY = 300; // milliseconds after the last key
const form = document.querySelector("form[data-edit-form]");
const template = document.querySelector("template[data-unsaved-copy]");
// The form that comes back unsaved holds the text that was sent, and goes on with its copy.
const bound = form?.dataset.wUnsavedForceValue === "true";
const key = bound && sentKey ? sentKey : newKey();
let timer = 0;
let typed = 0; // how often something was typed
let typedBefore = 0; // the same, when the form last set out to the server

// What a person typed: not the versions, keys and counts of rows, which the server gives.
const typedFields = fields => JSON.stringify(fields.filter(([name]) => !/^loaded_revision|-id$|_FORMS$/.test(name)));

function keep() {
    window.clearTimeout(timer);
    timer = window.setTimeout(flush, DELAY);
}

function flush() {
    if (forget()) store(key, form);
}

// Whether something waited to be stored; it waits no more.
function forget() {
    const waited = timer !== 0;
    window.clearTimeout(timer);
    timer = 0;
    return waited;
}

// A new record's form has one address for each type and name; a copy of a form that was left belongs to every form of a new record.
const place = target => new URL(target, window.location.href).pathname;
const isNew = target => place(target).endsWith("/add/") && place(target) === place(address(form));
const belongs = copy => copy.action === address(form) || isNew(copy.action);

function offer([name, copy]) {
    const notice = template.content.firstElementChild.cloneNode(true);
    const at = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short", hour12: false });
    const title = Object.fromEntries(copy.fields).title_vi ?? "";
    const told = notice.querySelector("[data-text]");
    told.textContent = told.textContent.replace("{time}", at).replace("{title}", title);
    notice.querySelector("[data-use]").addEventListener("click", () => use(name, copy));
    notice.querySelector("[data-drop]").addEventListener("click", () => {
        drop(name);
        notice.remove();
    });
    form.before(notice);
}

// The server draws the form again with this text, whatever rows and pickers it has, beside what is stored; it stores nothing.
function use(name, copy) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const again = Object.assign(document.createElement("form"), { method: "post", action: copy.action, hidden: true });
    for (const [field, value] of [...copy.fields, ["csrfmiddlewaretoken", token], ["action-compare", "1"]]) {
        again.append(Object.assign(document.createElement("textarea"), { name: field, value }));
    }
    document.body.append(again);
    forget();
    drop(key);
    remember(name);
    again.submit();
}

function offerCopies() {
    const here = typedFields(fieldsOf(form));
    for (const [name, copy] of copies().filter(([, copy]) => belongs(copy) && !bound)) {
        typedFields(copy.fields) === here ? drop(name) : offer([name, copy]);
    }
}

function listen() {
    for (const type of ["input", "change"]) form.addEventListener(type, () => { typed++; });
    for (const type of ["input", "change", "w-unsaved:add"]) form.addEventListener(type, keep);
    window.addEventListener("pagehide", flush);
    form.addEventListener("w-autosave:save", () => { typedBefore = typed; });
    form.addEventListener("w-autosave:success", () => {
        forget();
        typed === typedBefore ? drop(key) : store(key, form);
    });
    document.addEventListener("library:sent", () => {
        forget();
        store(key, form);
        remember(key);
    });
}

if (form && template) {
    listen();
    window.addEventListener("load", offerCopies);
}
