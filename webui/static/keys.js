// The explorer's keyboard shortcuts and their list. Letters can be turned off (WCAG 2.1.4).
import { kept } from "./dom.js";

const OFF = "keys-off";
const PAN = 0.25;

export function connectKeys(explorer) {
  const dialog = document.getElementById("shortcuts");
  const box = document.getElementById("keys-on");
  box.checked = !keysAreOff();
  box.addEventListener("change", () => kept.set(OFF, String(!box.checked)));
  const help = () => dialog.showModal();
  const button = document.getElementById("help");
  button.hidden = false;
  button.addEventListener("click", help);
  const selected = (action) => () => {
    if (explorer.state.selected) action(explorer.state.selected);
  };
  const keys = {
    t: () => explorer.tools.turnToList(),
    p: () => explorer.panel.focus(),
    f: selected((id) => explorer.panel.go(id, "focus")),
    c: selected((id) => explorer.panel.go(id, "chain")),
    "+": () => explorer.canvas.zoom(1.25),
    "-": () => explorer.canvas.zoom(0.8),
    0: () => explorer.canvas.fit(),
    "?": help,
  };
  const pans = { ArrowLeft: [-PAN, 0], ArrowRight: [PAN, 0], ArrowUp: [0, -PAN], ArrowDown: [0, PAN] };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || dialog.open) return;
    if (isTyping(event.target)) return;
    if (event.shiftKey && pans[event.key]) {
      explorer.canvas.pan(...pans[event.key]);
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && explorer.state.selected) {
      explorer.panel.leave();
      return;
    }
    const action = keys[event.key.toLowerCase()];
    if (!action || (keysAreOff() && event.key.length === 1)) return;
    event.preventDefault();
    action();
  });
}

/** Tell whether keys typed somewhere are text. */
export function isTyping(target) {
  return Boolean(target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]"));
}

/** Tell whether the reader has turned single keys off. */
export function keysAreOff() {
  return kept.get(OFF) === "true";
}
