// The search in a pack: reads the words that lie in data/pack.js, with or without marks. A plain script, as all of a pack.
(function () {
    "use strict";
    const MOST = 50;
    const pack = window.PACK;
    const form = document.querySelector("[data-find]");
    const field = form.querySelector("input");
    const told = form.querySelector("[role=status]");
    const found = form.querySelector("[data-found]");

    // As the library folds (media_pipeline/text/folding.py), so that the same words find the same things.
    function fold(text) {
        const bare = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
        return bare.replace(/đ/g, "d").replace(/ƀ/g, "b").replace(/['’]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    }

    const entries = pack.records
        .map(([identifier, title, under, words]) => ({ identifier, title, under, path: `records/${identifier}.html`, words }))
        .concat(pack.words.map(([title, under, path, words]) => ({ title, under, path, words })));
    for (const entry of entries) {
        entry.name = ` ${fold(entry.title)}`;
        entry.all = `${entry.name} ${fold(entry.under)} ${fold(entry.words)}`;
    }

    // Names that begin with what was typed, then names that hold it, then all else.
    function rank(entry, typed) {
        return entry.name.startsWith(` ${typed}`) ? 0 : entry.name.includes(` ${typed}`) ? 1 : 2;
    }

    function matches(typed) {
        const words = typed.split(" ");
        const shown = entries.filter((entry) => !(entry.identifier && pack.isGone(entry.identifier)));
        const held = shown.filter((entry) => words.every((word) => entry.all.includes(` ${word}`)));
        return held.sort((one, other) => rank(one, typed) - rank(other, typed));
    }

    function line(entry) {
        const [item, heading, link, under] = ["li", "h3", "a", "p"].map((name) => document.createElement(name));
        link.href = entry.path;
        link.textContent = entry.title;
        under.textContent = entry.under;
        under.className = "meta";
        heading.append(link);
        item.append(heading, under);
        return item;
    }

    function search() {
        const typed = fold(field.value);
        const hits = typed ? matches(typed) : [];
        found.replaceChildren(...hits.slice(0, MOST).map(line));
        told.textContent = typed && !hits.length ? told.dataset.none : hits.length > MOST ? told.dataset.more : "";
    }

    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", search);
    document.addEventListener("pack-list", search);
})();
