// Fetches OpenSeadragon once, when a reader opens the first picture.
let loading = null;

export function openSeadragon() {
  loading ??= new Promise((resolve, reject) => {
    // The library adds a <style> unless it finds one of its own: ours forbid that (CSP). An inert element of that name is enough.
    const inert = document.createElementNS("urn:inert", "style");
    inert.setAttribute("data-openseadragon-mobile-css", "");
    const script = document.createElement("script");
    script.src = document.getElementById("kinh-phong").value;
    script.addEventListener("load", () => resolve(globalThis.OpenSeadragon));
    script.addEventListener("error", () => {
      loading = null;
      reject(new Error("OpenSeadragon"));
    });
    document.head.append(inert, script);
  });
  return loading;
}
