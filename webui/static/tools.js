// The tools over a chart: layers, zoom, the list beside it, its address, what was seen.
import { kept } from "./dom.js";
import { Seen } from "./seen.js";

const LIST = "list";
const COPIED_MS = 2000;

/** Connect the tools; return those that the explorer calls. */
export function connectTools(explorer) {
  const part = (id) => document.getElementById(id);
  const on = (id, action) => {
    const button = part(id);
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", action);
  };
  part("toolbar").hidden = false;
  on("zoom-in", () => explorer.canvas.zoom(1.25));
  on("zoom-out", () => explorer.canvas.zoom(0.8));
  on("fit", () => explorer.canvas.fit());
  on("open-first", () => explorer.wide((state) => state.first()));
  on("list-switch", () => showList(!listIsOpen()));
  on("menu-list", turnToList);
  on("copy-link", (event) => copy(event.target, explorer));
  part("layers")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    explorer.wide((state) => state.layers(link.dataset.layers));
  });
  const seen = part("seen") ? new Seen(part("seen"), explorer) : null;
  const root = document.documentElement;

  function listIsOpen() {
    return root.classList.contains("with-list");
  }

  /** Open or close the list; it stays so. */
  function showList(isOpen) {
    root.classList.toggle("with-list", isOpen);
    part("list-switch").setAttribute("aria-pressed", String(isOpen));
    kept.set(LIST, isOpen ? "open" : null);
    explorer.canvas.settle(explorer.state.selected);
    explorer.say(isOpen ? explorer.page.texts.showList : explorer.page.texts.hideList);
  }

  /** Open the list and go to it; from within it, close it. */
  function turnToList() {
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
    if (listIsOpen() && part("side").contains(document.activeElement)) {
      showList(false);
      part("view").focus();
      return;
    }
    if (!listIsOpen()) showList(true);
    explorer.tree.focusActive();
  }

  part("list-switch")?.setAttribute("aria-pressed", String(listIsOpen()));
  return { listIsOpen, showList, turnToList, note: (id) => seen?.note(id) };
}

/** Copy the address, which reproduces the state. */
async function copy(button, explorer) {
  const words = button.textContent;
  if (words === button.dataset.copied) return;
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    copyAsBefore(location.href);
  }
  button.textContent = button.dataset.copied;
  explorer.say(explorer.page.texts.copied);
  setTimeout(() => { button.textContent = words; }, COPIED_MS);
}

/** Only pages over https have a clipboard; the others select the text and copy it. */
function copyAsBefore(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
