// Looking closely at a picture: nearer, turned, beside another one, with an address for each region. OpenSeadragon draws it.
import { regionHash } from "../shared/addresses.js";
import { copyText } from "../shared/clipboard.js";
import { openSeadragon } from "./openseadragon.js";

const TURN = 90;

export async function openViewer(place, region) {
  const root = document.getElementById("khung-anh").content.firstElementChild.cloneNode(true);
  const say = (name, word = "") => {
    const status = root.querySelector("[data-status]");
    status.textContent = status.dataset[name].replace("{}", word);
  };
  place.after(root);
  place.hidden = true;
  const make = await openSeadragon().catch(() => null);
  if (!make) return say("failed");
  const view = { place, root, say, make, panes: [] };
  addPane(view, place, region?.number === Number(place.dataset.number) ? region : null);
  addButtons(view);
  addComparison(view);
}

function addPane(view, { dataset }, region) {
  const element = document.createElement("div");
  element.className = "viewer__pane";
  view.root.querySelector(".viewer__panes").append(element);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const pane = view.make({
    element,
    tileSources: dataset.zoom || { type: "image", url: dataset.picture },
    drawer: "canvas", // old machines have no WebGL worth the name
    showNavigationControl: false,
    animationTime: still ? 0 : 0.6,
    maxZoomPixelRatio: 4,
    visibilityRatio: 0.5,
    degrees: view.panes[0]?.viewport.getRotation() ?? 0,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, scrollToZoom: false },
    gestureSettingsTouch: { pinchRotate: false },
  });
  pane.canvas.setAttribute("role", "application");
  pane.canvas.setAttribute("aria-label", dataset.name || view.root.getAttribute("aria-label"));
  // the wheel scrolls the page until the reader is in the picture
  pane.canvas.addEventListener("focus", () => (pane.gestureSettingsMouse.scrollToZoom = true));
  pane.canvas.addEventListener("blur", () => (pane.gestureSettingsMouse.scrollToZoom = false));
  pane.addHandler("open", () => {
    element.dataset.open = "";
    if (region) showRegion(pane, region);
    if (view.panes.length === 1) pane.canvas.focus();
  });
  pane.addHandler("open-failed", () => view.say("failed"));
  pane.addHandler("rotate", ({ degrees }) => {
    element.dataset.degrees = String(((degrees % 360) + 360) % 360);
    view.say("turned", element.dataset.degrees);
  });
  view.panes.push(pane);
}

function showRegion(pane, { percent, x, y, width, height }) {
  const item = pane.world.getItemAt(0);
  const size = item.getContentSize();
  const [across, down] = percent ? [size.x / 100, size.y / 100] : [1, 1];
  const bounds = item.imageToViewportRectangle(x * across, y * down, width * across, height * down);
  const frame = document.createElement("div");
  frame.className = "viewer__region";
  pane.addOverlay({ element: frame, location: bounds });
  pane.viewport.fitBounds(bounds, true);
}

// The visible region, in hundredths of the picture.
function visibleRegion(pane) {
  const item = pane.world.getItemAt(0);
  const size = item.getContentSize();
  const view = item.viewportToImageRectangle(pane.viewport.getBounds(true));
  const [left, top] = [Math.max(0, view.x), Math.max(0, view.y)];
  const [right, bottom] = [Math.min(size.x, view.x + view.width), Math.min(size.y, view.y + view.height)];
  const part = (value, whole) => (value / whole) * 100;
  return { x: part(left, size.x), y: part(top, size.y), width: part(right - left, size.x), height: part(bottom - top, size.y) };
}

function addButtons({ root, place, panes, say }) {
  const main = panes[0];
  const turn = (by) => () => main.viewport.setRotation(main.viewport.getRotation() + by);
  const nearer = (by) => () => main.viewport.zoomBy(by).applyConstraints();
  const actions = {
    in: nearer(1.5),
    out: nearer(1 / 1.5),
    home: () => main.viewport.goHome(),
    left: turn(-TURN),
    right: turn(TURN),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    link: async () => {
      root.querySelector("[data-cite]").hidden = false;
      const address = new URL(regionHash(Number(place.dataset.number ?? 1), visibleRegion(main)), location.href).href;
      if (await copyText(root.querySelector("textarea"), address)) say("copied");
    },
    close: () => {
      for (const pane of panes) pane.destroy();
      root.remove();
      place.hidden = false;
      place.querySelector("button").focus();
    },
  };
  for (const button of root.querySelectorAll("[data-do]")) button.addEventListener("click", actions[button.dataset.do]);
  root.addEventListener("keydown", ({ key }) => key === "Escape" && !document.fullscreenElement && actions.close());
  root.querySelector('[data-do="full"]').hidden = !root.requestFullscreen;
  root.querySelector('[data-do="link"]').hidden = !place.dataset.number;
}

// Another picture of the record beside this one; moving either moves both.
function addComparison(view) {
  const others = [...document.querySelectorAll("[data-zoom][data-number]")].filter((other) => other !== view.place);
  const [label, select] = [view.root.querySelector("[data-compare]"), view.root.querySelector("[data-compare] select")];
  label.hidden = !others.length || !view.place.dataset.number;
  for (const [place, other] of others.entries()) {
    const price = other.querySelector(".soft").textContent.split(/[;；]/).at(-1).trim();
    select.append(new Option(`${other.dataset.number}. ${other.dataset.name} (${price})`, String(place)));
  }
  select.addEventListener("change", () => {
    const old = view.panes[1];
    if (old) {
      view.panes.pop();
      old.element.remove();
      old.destroy();
    }
    if (select.value === "") return;
    addPane(view, others[Number(select.value)], null);
    view.panes[1].addHandler("open", () => moveTogether(...view.panes));
  });
}

function moveTogether(...panes) {
  let following = false;
  const copy = (from, to) => () => {
    if (following || !to.viewport) return;
    following = true;
    to.viewport.zoomTo(from.viewport.getZoom(), null, true);
    to.viewport.panTo(from.viewport.getCenter(), true);
    to.viewport.setRotation(from.viewport.getRotation(), true);
    following = false;
  };
  for (const [from, to] of [panes, [...panes].reverse()]) {
    for (const event of ["zoom", "pan", "rotate"]) from.addHandler(event, copy(from, to));
  }
  copy(...panes)();
}
