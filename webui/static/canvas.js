// The chart on a canvas: vis-network pans, zooms and reports clicks; the painting is ours.
import { MARGIN, READABLE_SCALE, fittingScale, middle, overview } from "./overview.js";
import { BADGE, badgeWidth } from "./painter.js";

const SMALLEST_SCALE = 0.1;
const LARGEST_SCALE = 3;

export class ChartCanvas {
  constructor(container, painter, actions) {
    this.container = container;
    this.painter = painter;
    this.actions = actions;
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.cards = new Map();
    this.selected = null;
    this.isFirst = true;
  }

  /** Show a chart; the anchor's card stays where it is on the screen. */
  show(data, anchor) {
    this.data = data;
    const before = anchor && this.cards.get(anchor);
    this.cards = new Map(data.nodes.map((node) => [node.id, node]));
    this.nodes.clear();
    this.edges.clear();
    this.nodes.add(data.nodes.map(({ id, x, y, size, shape, label }) => ({ id, x, y, size, shape, label })));
    this.edges.add(data.edges.map(({ from, to }, id) => ({ id, from, to })));
    if (!this.network) this.start(data.options);
    if (this.isFirst) {
      this.isFirst = false;
      this.overview();
    } else if (before && this.cards.get(anchor)) {
      const after = this.cards.get(anchor);
      const view = this.network.getViewPosition();
      this.move({ x: view.x + after.x - before.x, y: view.y + after.y - before.y }, this.network.getScale());
    }
    this.network.redraw();
  }

  start(options) {
    const nodes = { ...options.nodes, ctxRenderer: (args) => this.renderNode(args) };
    this.network = new vis.Network(
      this.container, { nodes: this.nodes, edges: this.edges }, { ...options, nodes, autoResize: true });
    // The tree is the way in by keyboard; the drawing is hidden from it and from screen readers.
    this.container.querySelector(".vis-network").removeAttribute("tabindex");
    this.network.on("beforeDrawing", (context) => this.painter.drawLines(context, this.data.edges, this.view()));
    this.network.on("click", (event) => this.click(event));
    this.network.on("doubleClick", (event) => {
      const id = this.hit(event.pointer.canvas).id;
      if (id) this.actions.toggle(id);
    });
    this.network.on("zoom", () => this.limitZoom());
    this.container.addEventListener("mousemove", (event) => this.point(event));
  }

  // Where things are -----------------------------------------------------------------------

  click(event) {
    const { id, part } = this.hit(event.pointer.canvas);
    if (part === "badge") this.actions.toggle(id);
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
      const { width, height } = node.card;
      const dx = Math.abs(point.x - node.x);
      const below = point.y - node.y - height / 2;
      if (node.reports && dx <= badgeWidth(node) / 2 + 4 && Math.abs(below) <= BADGE + 4) {
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

  limitZoom() {
    const scale = this.network.getScale();
    const limited = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale));
    if (limited !== scale) this.move(this.network.getViewPosition(), limited);
  }

  select(id) {
    this.selected = id;
    this.network?.redraw();
  }

  /** Bring a card to the middle of what the panel leaves free. */
  centre(id) {
    const node = this.cards.get(id);
    if (!node) return;
    const scale = Math.max(READABLE_SCALE, this.network.getScale());
    this.move({ x: node.x + this.covered() / 2 / scale, y: node.y }, scale);
  }

  /** Move the chart as little as is needed to show a whole card beside the panel. */
  bringIntoSight(id) {
    const node = this.cards.get(id);
    if (!node) return;
    const scale = this.network.getScale();
    const at = this.network.canvasToDOM({ x: node.x, y: node.y });
    const { width, height } = this.size();
    const dx = outside(at.x, scale * node.card.width / 2 + MARGIN, width - this.covered());
    const dy = outside(at.y, scale * node.card.height / 2 + MARGIN, height);
    if (!dx && !dy) return;
    const view = this.network.getViewPosition();
    this.move({ x: view.x + dx / scale, y: view.y + dy / scale }, scale);
  }

  /** Return how much of the chart's right side lies under the panel, in pixels. */
  covered() {
    const panel = document.getElementById("panel").getBoundingClientRect();
    const box = this.container.getBoundingClientRect();
    const isBeside = panel.width > 0 && panel.top < box.bottom && panel.left < box.right;
    return isBeside ? Math.max(0, box.right - Math.max(panel.left, box.left)) : 0;
  }

  /** Return the part of the chart that can be seen. */
  view() {
    const { width, height } = this.size();
    const from = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const to = this.network.DOMtoCanvas({ x: width, y: height });
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  renderNode({ ctx, id }) {
    const node = this.cards.get(id);
    if (!node) return { drawNode() {}, nodeDimensions: { width: 0, height: 0 } };
    const { width, height } = node.card;
    return {
      drawNode: () => this.painter.drawCard(ctx, node, id === this.selected),
      nodeDimensions: { width, height },
    };
  }
}

/** Return how far a span around a middle lies outside 0 to end: negative before it, positive after. */
function outside(middle, half, end) {
  if (middle + half > end && 2 * half <= end) return middle + half - end;
  return Math.min(0, middle - half);
}
