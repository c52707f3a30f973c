// The chart on a canvas: vis-network pans, zooms and reports clicks; our code paints.
import { Camera, MOVE_MS } from "./camera.js";
import { linesAt } from "./lines.js";
import { Painter } from "./painter.js";

/** The radius around the centre of a button in which a click folds or unfolds a card. */
const BADGE_REACH = 15;
/** Two clicks within this time and this distance, in pixels on the screen, are a double click. */
const DOUBLE_MS = 400, NEAR = 6;
/** How far from a line a click still means it, in pixels on the screen. */
const LINE_REACH = 7;
/** The width of the way to the top, and the gap between its cards and their frames. */
const WAY_WIDTH = 2.5, WAY_GAP = 3;
/** A chart with more cards than this changes without animation, which would stutter. */
const MOST_MOVING = 400;

export class ChartCanvas extends Camera {
  constructor(container, styles, actions) {
    super(container);
    this.actions = actions;
    this.painter = new Painter(styles);
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.selected = null;
    this.way = new Set();
    this.isFirst = true;
    this.showsCross = false;
    this.canHover = matchMedia("(hover: hover)");
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
      this.isHome = true;
      const { position, scale } = window.chartView.overview(this.data, this.size());
      this.move(position, scale);
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
      this.isHome = false;
      const view = this.network.getViewPosition();
      this.move({ x: view.x + shift.x, y: view.y + shift.y }, this.network.getScale());
    }
    if (!this.wantsMotion() || this.cards.size > MOST_MOVING) return;
    const starts = new Map();
    for (const node of this.cards.values()) {
      // A new card emerges from under its parent.
      const old = before.get(node.id) ?? before.get(node.parent);
      starts.set(node, old ? { x: old.x + shift.x, y: old.y + shift.y } : node.at);
    }
    this.moveCards(starts);
  }

  moveCards(starts) {
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
    this.attach(new vis.Network(
      this.container, { nodes: this.nodes, edges: this.edges }, { ...options, nodes, autoResize: false }));
    // Keyboards and screen readers use the tree; to them the drawing is a picture.
    this.container.querySelector(".vis-network").removeAttribute("tabindex");
    this.network.on("beforeDrawing", (context) => this.drawLines(context));
    this.network.once("afterDrawing", () => document.getElementById("first-picture").remove());
    this.network.on("afterDrawing", () => this.actions.drawn());
    this.network.on("click", (event) => this.click(event));
    this.container.addEventListener("mousemove", (event) => this.point(event));
    this.container.addEventListener("mouseleave", () => this.actions.hover(null));
    this.network.on("dragStart", () => this.actions.hover(null));
    document.addEventListener("dblclick", ({ target, clientX, clientY }) => {
      // The panel has opened under the pointer.
      const { left, top } = this.container.getBoundingClientRect();
      const isElsewhere = !this.container.contains(target);
      if (isElsewhere && this.isSecond({ x: clientX - left, y: clientY - top })) this.actions.toggle(this.clicked.id);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.network.redraw();
      this.actions.redress();
    });
  }

  // Pointing ------------------------------------------------------------------------

  click(event) {
    const point = event.pointer.canvas;
    const { id, part } = this.isSecond(event.pointer.DOM) ? { id: this.clicked.id, part: "badge" } : this.hit(point);
    this.clicked = part === "card" && !this.cards.get(id).more ? { id, at: event.pointer.DOM, time: performance.now() } : null;
    if (part === "badge") this.actions.toggle(id);
    else if (part === "doubt") this.actions.explain([this.cards.get(id)], event.pointer.DOM);
    else if (id && this.cards.get(id).more) this.actions.more(this.cards.get(id));
    else if (id) this.actions.select(id);
    else this.actions.explain(this.linesAt(point), event.pointer.DOM);
  }

  /** Tell whether a click is the second of a double click; the chart may have moved after the first. */
  isSecond({ x, y }) {
    const { id, at, time } = this.clicked ?? {};
    return this.cards.has(id) && performance.now() - time < DOUBLE_MS && Math.hypot(x - at.x, y - at.y) < NEAR;
  }

  point(event) {
    if (event.buttons || !this.canHover.matches) return;
    const point = this.pointOf(event);
    const { id, part } = this.hit(point);
    this.container.style.cursor = id || this.linesAt(point).length ? "pointer" : "grab";
    this.actions.hover(part === "card" && !this.cards.get(id).more ? id : null);
  }

  linesAt(point) {
    return linesAt(this.drawnLines(), point, LINE_REACH / this.network.getScale());
  }

  /** Return the card, and the part of it, at a point of the chart. */
  hit(point) {
    for (const node of this.cards.values()) {
      const { width, height, marks } = node.card;
      const dx = Math.abs(point.x - node.x);
      const below = point.y - node.y - height / 2;
      // The fold button is the last mark, in the middle of the lower edge.
      const [style, , , , badgeWidth] = marks.at(-1) ?? [];
      const doubt = node.why && marks.find(([name]) => name === "doubt");
      if (doubt) {
        const [, left, middle, , size] = doubt;
        const [x, y] = [node.x - width / 2 + left + size / 2, node.y - height / 2 + middle];
        if (Math.hypot(point.x - x, point.y - y) <= size / 2 + 3) return { id: node.id, part: "doubt" };
      }
      if (style === "badge" && dx <= badgeWidth / 2 + 4 && Math.abs(below) <= BADGE_REACH) {
        return { id: node.id, part: "badge" };
      }
      if (dx <= width / 2 && Math.abs(point.y - node.y) <= height / 2) return { id: node.id, part: "card" };
    }
    return {};
  }

  // Painting ------------------------------------------------------------------------

  select(id) {
    this.selected = id;
    this.network?.redraw();
  }

  /** Light the way from a card to the top, or no way. */
  light(id) {
    const way = new Set();
    for (let node = this.cards.get(id); node; node = this.cards.get(node.parent)) way.add(node.id);
    if (way.size === this.way.size && this.way.has(id ?? "")) return;
    if (!way.size && !this.way.size) return;
    this.way = way;
    this.network.redraw();
  }

  /** Return the lines on the screen: cross-cutting ones with their card, or where all are wanted. */
  drawnLines() {
    return this.data.edges.filter(({ style, from, to }) => (
      style !== "dotted" || this.showsCross || from === this.selected || to === this.selected));
  }

  drawLines(context) {
    // While cards move, lines are drawn straight, with the shape of their final route.
    context.globalAlpha = this.isMoving ? 0.25 : 1;
    const lines = this.drawnLines();
    this.painter.drawLines(context, lines, this.view());
    const lit = lines.filter(({ style, from, to }) => style !== "dotted" && this.way.has(from) && this.way.has(to));
    this.drawWay(context, lit);
    context.globalAlpha = 1;
  }

  /** Paint the lines of the way to the top again, stronger. */
  drawWay(context, lines) {
    Object.assign(context, { strokeStyle: this.wayColor(), lineWidth: WAY_WIDTH, lineJoin: "round" });
    for (const { points } of lines) this.painter.drawLine(context, points);
  }

  /** Paint a frame around a card on the way. */
  drawOnWay(context, { x, y, card }) {
    const [width, height] = [card.width + 2 * WAY_GAP, card.height + 2 * WAY_GAP];
    Object.assign(context, { strokeStyle: this.wayColor(), lineWidth: 2, globalAlpha: 0.6 });
    context.beginPath();
    context.roundRect(x - width / 2, y - height / 2, width, height, this.painter.styles.radius + WAY_GAP);
    context.stroke();
    context.globalAlpha = 1;
  }

  wayColor() {
    return this.painter.colors("").select;
  }

  renderNode({ ctx, id }) {
    const node = this.cards.get(id);
    if (!node) return { drawNode() {}, nodeDimensions: { width: 0, height: 0 } };
    const { width, height } = node.card;
    return {
      drawNode: () => {
        this.painter.drawCard(ctx, node, id === this.selected, this.network.getScale());
        if (this.way.has(id) && id !== this.selected) this.drawOnWay(ctx, node);
      },
      nodeDimensions: { width, height },
    };
  }
}
