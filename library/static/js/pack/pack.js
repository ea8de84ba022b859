// Hides in a pack what has left the library. A plain script: pages of a pack are opened as files, where modules are not loaded.
// With a network the list of what was withdrawn is read from the library and kept; without one the list that was kept holds.
(function () {
    "use strict";
    const KEPT = "goi-mang-ve-da-rut";
    const pack = window.PACK;

    function kept() {
        try {
            return JSON.parse(localStorage.getItem(KEPT)) || {};
        } catch {
            return {};
        }
    }

    function isGone(list, identifier) {
        const upTo = ((list.closed || {})[pack.pack] || {})[identifier] || 0;
        return (list.withdrawn || []).includes(identifier) || pack.number <= upTo || !pack.inside.has(identifier);
    }

    function hide(list) {
        pack.isGone = (identifier) => isGone(list, identifier);
        for (const part of document.querySelectorAll("[data-record]")) {
            const gone = isGone(list, part.dataset.record);
            part.hidden = gone;
            if (part.matches("main")) {
                document.querySelector("[data-gone]").hidden = !gone;
                for (const medium of gone ? part.querySelectorAll("audio, video") : []) {
                    medium.pause();
                }
            }
        }
        document.dispatchEvent(new Event("pack-list"));
    }

    function ask() {
        const script = document.createElement("script");
        script.src = pack.withdrawn;
        script.onload = () => {
            const list = window.PACK_WITHDRAWN;
            if (!list || !Array.isArray(list.withdrawn)) {
                return;
            }
            try {
                localStorage.setItem(KEPT, JSON.stringify(list));
            } catch {
                // a browser that keeps nothing for files asks again the next time
            }
            hide(list);
        };
        document.head.append(script);
    }

    pack.inside = new Set(pack.records.map((record) => record[0]));
    hide(kept());
    if (navigator.onLine) {
        ask();
    }
    addEventListener("online", ask);
})();
