// Shows how far an import is: asks for the page again every two seconds, until the worker's step is over.
const EVERY = 2000; // milliseconds

async function look() {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
    if (answer?.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-import-progress]");
        if (!fresh) {
            location.reload();
            return;
        }
        document.querySelector("[data-import-progress]").replaceWith(fresh);
    }
    setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
