// The chart on a canvas: vis-network pans, zooms and reports clicks; our code paints.
import { Painter } from "./painter.js";

const { MARGIN, READABLE_SCALE, fittingScale, middle, overview } = window.chartView;
const SMALLEST_SCALE = 0.05;
const LARGEST_SCALE = 3;
const MOVE_MS = 260;
/** The radius around the centre of a button in which a click folds or unfolds a card. */
const BADGE_REACH = 15;
/** A chart with more cards than this changes without animation, which would stutter. */
const MOST_MOVING = 400;

export class ChartCanvas {
  constructor(container, styles, actions) {
    this.container = container;
    this.actions = actions;
    this.painter = new Painter(styles);
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.cards = new Map();
    this.selected = null;
    this.isFirst = true;
    this.wantsMotion = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Show a chart; the anchor's card keeps its position on the screen, the others move. */
  show(data, anchor) {
    this.painter.looks = data.looks;
    const before = this.cards;
    this.data = { ...data, top: data.nodes[0]?.x ?? 0 };
    this.cards = new Map(data.nodes.map((node) => [node.id, { ...node, at: { x: node.x, y: node.y } }]));
    this.nodes.clear();
    this.edges.clear();
    this.nodes.add(data.nodes.map(({ id, x, y, size, shape, label }) => ({ id, x, y, size, shape, label })));
    this.edges.add(data.edges.map(({ from, to }, id) => ({ id, from, to })));
    if (!this.network) this.start(data.options);
    if (this.isFirst) {
      this.isFirst = false;
      this.overview();
    } else {
      this.rearrange(before, anchor);
    }
    this.network.redraw();
  }

  /** Keep the anchor in place, and animate all other cards from their old positions. */
  rearrange(before, anchor) {
    const [from, to] = [before.get(anchor), this.cards.get(anchor)];
    const shift = from && to ? { x: to.at.x - from.x, y: to.at.y - from.y } : { x: 0, y: 0 };
    if (from && to) {
      const view = this.network.getViewPosition();
      this.move({ x: view.x + shift.x, y: view.y + shift.y }, this.network.getScale());
    }
    if (!this.wantsMotion() || this.cards.size > MOST_MOVING || !(from && to)) return;
    const starts = new Map();
    for (const node of this.cards.values()) {
      // A new card emerges from under its parent.
      const old = before.get(node.id) ?? before.get(node.parent);
      starts.set(node, old ? { x: old.x + shift.x, y: old.y + shift.y } : node.at);
    }
    this.glide(starts);
  }

  glide(starts) {
    const begin = performance.now();
    const run = (this.run = Symbol("run"));
    const step = (now) => {
      if (this.run !== run) return;
      const part = Math.min(1, Math.max(0, now - begin) / MOVE_MS);
      const eased = 1 - (1 - part) ** 3;
      for (const [node, start] of starts) {
        node.x = start.x + (node.at.x - start.x) * eased;
        node.y = start.y + (node.at.y - start.y) * eased;
      }
      this.isMoving = part < 1;
      this.network.redraw();
      if (this.isMoving) requestAnimationFrame(step);
    };
    this.isMoving = true;
    for (const [node, start] of starts) Object.assign(node, start);
    requestAnimationFrame(step);
  }

  start(options) {
    const nodes = { ...options.nodes, ctxRenderer: (args) => this.renderNode(args) };
    this.network = new vis.Network(
      this.container, { nodes: this.nodes, edges: this.edges }, { ...options, nodes, autoResize: true });
    // Keyboards and screen readers use the tree; to them the drawing is a picture.
    this.container.querySelector(".vis-network").removeAttribute("tabindex");
    this.network.on("beforeDrawing", (context) => this.drawLines(context));
    this.network.once("afterDrawing", () => document.getElementById("first-picture").remove());
    this.network.on("click", (event) => this.click(event));
    this.network.on("doubleClick", (event) => {
      const { id, part } = this.hit(event.pointer.canvas);
      if (id && part === "card" && !this.cards.get(id).more) this.actions.toggle(id);
    });
    this.network.on("zoom", () => this.limitZoom());
    this.container.addEventListener("mousemove", (event) => this.point(event));
  }

  // Positions -----------------------------------------------------------------------

  click(event) {
    const { id, part } = this.hit(event.pointer.canvas);
    if (part === "badge") this.actions.toggle(id);
    else if (id && this.cards.get(id).more) this.actions.more(this.cards.get(id));
    else if (id) this.actions.select(id);
  }

  point(event) {
    const box = this.container.getBoundingClientRect();
    const at = this.network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top });
    this.container.style.cursor = this.hit(at).id ? "pointer" : "grab";
  }

  /** Return the card, and the part of it, at a point of the chart. */
  hit(point) {
    for (const node of this.cards.values()) {
      const { width, height, marks } = node.card;
      const dx = Math.abs(point.x - node.x);
      const below = point.y - node.y - height / 2;
      // The fold button is the last mark, in the middle of the lower edge.
      const [style, , , , badgeWidth] = marks.at(-1) ?? [];
      if (style === "badge" && dx <= badgeWidth / 2 + 4 && Math.abs(below) <= BADGE_REACH) {
        return { id: node.id, part: "badge" };
      }
      if (dx <= width / 2 && Math.abs(point.y - node.y) <= height / 2) return { id: node.id, part: "card" };
    }
    return {};
  }

  size() {
    return { width: this.container.clientWidth, height: this.container.clientHeight };
  }

  move(position, scale) {
    this.network.moveTo({ position, scale, animation: false });
  }

  overview() {
    const { position, scale } = overview(this.data, this.size());
    this.move(position, scale);
  }

  fit() {
    this.move(middle(this.data), Math.max(SMALLEST_SCALE, fittingScale(this.data, this.size())));
  }

  zoom(factor) {
    const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, this.network.getScale() * factor));
    this.move(this.network.getViewPosition(), scale);
  }

  /** Pan by a fraction of the screen's width and height. */
  pan(across, down) {
    const { width, height } = this.size();
    const [scale, view] = [this.network.getScale(), this.network.getViewPosition()];
    this.move({ x: view.x + (across * width) / scale, y: view.y + (down * height) / scale }, scale);
  }

  limitZoom() {
    const scale = this.network.getScale();
    const limited = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale));
    if (limited !== scale) this.move(this.network.getViewPosition(), limited);
  }

  select(id) {
    this.selected = id;
    this.network?.redraw();
  }

  /** Centre a card in the area not covered by the panel. */
  centre(id) {
    const node = this.cards.get(id);
    if (!node) return;
    const scale = Math.max(READABLE_SCALE, this.network.getScale());
    this.move({ x: node.at.x + this.covered() / 2 / scale, y: node.at.y }, scale);
  }

  /** Pan by the minimum that makes a whole card visible beside the panel. */
  bringIntoSight(id) {
    const node = this.cards.get(id);
    if (!node) return;
    const scale = this.network.getScale();
    const at = this.network.canvasToDOM(node.at);
    const { width, height } = this.size();
    const dx = outside(at.x, scale * node.card.width / 2 + MARGIN, width - this.covered());
    const dy = outside(at.y, scale * node.card.height / 2 + MARGIN, height);
    if (!dx && !dy) return;
    const view = this.network.getViewPosition();
    this.move({ x: view.x + dx / scale, y: view.y + dy / scale }, scale);
  }

  /** Return the width of the chart's right side covered by the panel, in pixels. */
  covered() {
    const panel = document.getElementById("panel").getBoundingClientRect();
    const box = this.container.getBoundingClientRect();
    const isBeside = panel.width > 0 && panel.top < box.bottom && panel.left < box.right;
    return isBeside ? Math.max(0, box.right - Math.max(panel.left, box.left)) : 0;
  }

  /** Tell whether any card is visible. */
  showsAnything() {
    const { left, top, right, bottom } = this.view();
    return [...this.cards.values()].some(({ at, card }) => (
      Math.abs(at.x - (left + right) / 2) < (right - left + card.width) / 2
      && Math.abs(at.y - (top + bottom) / 2) < (bottom - top + card.height) / 2));
  }

  /** Return the visible part of the chart. */
  view() {
    const { width, height } = this.size();
    const from = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const to = this.network.DOMtoCanvas({ x: width, y: height });
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  drawLines(context) {
    // While cards move, lines are drawn straight, with the shape of their final route.
    context.globalAlpha = this.isMoving ? 0.25 : 1;
    this.painter.drawLines(context, this.data.edges, this.view());
    context.globalAlpha = 1;
  }

  renderNode({ ctx, id }) {
    const node = this.cards.get(id);
    if (!node) return { drawNode() {}, nodeDimensions: { width: 0, height: 0 } };
    const { width, height } = node.card;
    return {
      drawNode: () => this.painter.drawCard(ctx, node, id === this.selected, this.network.getScale()),
      nodeDimensions: { width, height },
    };
  }
}

/** Return how far a span around a centre exceeds 0 to end: negative before, positive after. */
function outside(middle, half, end) {
  if (middle + half > end && 2 * half <= end) return middle + half - end;
  return Math.min(0, middle - half);
}
