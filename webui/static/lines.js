// Which lines are at a point, and what a click on them says.
import { element, fill } from "./dom.js";

/** Lines that share a trunk differ by less than this, in pixels of the chart. */
const SAME = 1;
const MOST_LINES = 6;

/** Return the lines within reach of a point, the nearest only, and those drawn over it. */
export function linesAt(lines, point, reach) {
  const found = lines.map((line) => [distance(line.points, point), line]).filter(([far]) => far <= reach);
  const nearest = Math.min(...found.map(([far]) => far));
  return found.filter(([far]) => far <= nearest + SAME).map(([, line]) => line);
}

function distance(points, { x, y }) {
  let least = Infinity;
  for (let i = 1; i < points.length; i += 1) {
    const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return least;
}

/** The box that says how a line is known. */
export class LineWords {
  constructor(box, texts, actions) {
    Object.assign(this, { box, texts, actions });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.hide();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!box.hidden && !box.contains(event.target)) this.hide();
    });
  }

  hide() {
    this.box.hidden = true;
  }

  /** Say how lines are known, or why a card is not settled, at a point of the view. */
  show(lines, cards, at) {
    if (!lines.length) {
      this.hide();
      return "";
    }
    const said = lines.slice(0, MOST_LINES).map((line) => this.said(line, cards));
    if (lines.length > said.length) said.push([`+ ${lines.length - said.length}`, ""]);
    this.box.replaceChildren(...said.map(([ends, why, id]) => element("p", {},
      id ? this.link(ends, id) : element("strong", {}, ends), element("span", {}, why))));
    this.box.hidden = false;
    beside(this.box, at, 10);
    this.box.focus({ preventScroll: true });
    return said.map(([ends, why]) => `${ends}: ${why}`).join(". ");
  }

  said({ style, from, to, why, id, label }, cards) {
    if (id && label) return [label, why, id];
    const [leader, child] = [from, to].map((id) => cards.get(id)?.label ?? id);
    const origin = { solid: this.texts.stated, dashed: this.texts.inferred, dotted: this.texts.cross }[style];
    const words = !why || why.startsWith(origin) ? why || origin : `${origin}. ${why}`;
    return [fill(this.texts.line, { leader, child }), words, to];
  }

  /** The panel of the lower end has the sources of the line. */
  link(words, id) {
    const button = element("button", { type: "button", class: "plain-button" }, words);
    button.addEventListener("click", () => {
      this.hide();
      this.actions.select(id);
    });
    return button;
  }
}

/** Put a box beside a point of its container, inside the container. */
export function beside(box, { x, y }, gap) {
  const { clientWidth: width, clientHeight: height } = box.offsetParent;
  const left = Math.max(8, Math.min(x - box.offsetWidth / 2, width - box.offsetWidth - 8));
  const isBelow = y + gap + box.offsetHeight + 8 <= height || y < height / 2;
  const top = isBelow ? y + gap : y - gap - box.offsetHeight;
  box.style.left = `${Math.round(left)}px`;
  box.style.top = `${Math.round(Math.max(8, top))}px`;
}
