// What a card under the pointer, or focused in the list, says: its way to the top and a tip in full.
import { element } from "./dom.js";

const DELAY_MS = 350;
const LEAVING_MS = 120;
const GAP = 8;

export class Hover {
  constructor(tip, canvas) {
    this.tip = tip;
    this.canvas = canvas;
    this.id = null;
    // Content on hover stays while the pointer is over it, and Escape removes it (WCAG 1.4.13).
    tip.addEventListener("mouseenter", () => clearTimeout(this.timer));
    tip.addEventListener("mouseleave", () => this.show(null));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || tip.hidden) return;
      this.hide();
      if (this.isByPointer) event.stopPropagation();
    }, { capture: true });
  }

  /** Point at a card, or at none; the tip of a pointer comes after a moment. */
  show(id, isByPointer = true) {
    if (id === this.id) return;
    this.id = id;
    this.isByPointer = isByPointer;
    this.canvas.light(id);
    clearTimeout(this.timer);
    if (!id) {
      this.timer = setTimeout(() => this.hide(), isByPointer ? LEAVING_MS : 0);
      return;
    }
    if (!this.tip.hidden || !isByPointer) this.open();
    else this.timer = setTimeout(() => this.open(), DELAY_MS);
  }

  hide() {
    clearTimeout(this.timer);
    this.tip.hidden = true;
  }

  open() {
    const node = this.canvas.cards.get(this.id);
    const { title, holder, unit, figures } = node?.card.full ?? {};
    const at = node && this.screenBox(node);
    const isTold = this.id === this.canvas.selected; // in the panel
    if (!node || node.more || !at || isTold) {
      this.hide();
      return;
    }
    this.tip.replaceChildren(
      element("strong", {}, title),
      ...[holder, unit, figures].filter(Boolean).map((words) => element("span", {}, words)));
    this.tip.hidden = false;
    const { clientWidth: width, clientHeight: height } = this.tip.offsetParent;
    const fitsBelow = at.bottom + GAP + this.tip.offsetHeight <= height;
    const top = fitsBelow ? at.bottom + GAP : at.top - GAP - this.tip.offsetHeight;
    const left = Math.max(GAP, Math.min(at.left, width - this.tip.offsetWidth - GAP));
    this.tip.style.left = `${Math.round(left)}px`;
    this.tip.style.top = `${Math.round(Math.max(GAP, top))}px`;
  }

  /** Return where a card is in the view; null if it is out of sight. */
  screenBox(node) {
    const { network } = this.canvas;
    const [half, tall] = [node.card.width / 2, node.card.height / 2];
    const from = network.canvasToDOM({ x: node.x - half, y: node.y - tall });
    const to = network.canvasToDOM({ x: node.x + half, y: node.y + tall });
    const { width, height } = this.canvas.size();
    const isOut = to.x < 0 || to.y < 0 || from.x > width || from.y > height;
    return isOut ? null : { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }
}
