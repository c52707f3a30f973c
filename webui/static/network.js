// The network: vis-network moves the cards, everything is drawn here in the page's own colours.
import { element, fill } from "./dom.js";
import { NetworkPainter } from "./network_painter.js";
import { Panel } from "./panel.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const data = JSON.parse(document.getElementById("net-data").textContent);
const { box, size, middle, whole } = window.networkView;
const LARGEST = 2, SMALLEST = 0.2;
/** After a card is dropped, the others come to rest within this time, in milliseconds. */
const REST_MS = 900;
const PAN = 60;

class Network {
  constructor() {
    this.view = document.getElementById("net-view");
    this.status = document.getElementById("status");
    this.nodes = new Map(data.nodes.map((node) => [node.id, node]));
    this.painter = new NetworkPainter(data.styles, data.edges, this.nodes, data.centres);
    const container = document.getElementById("net-canvas");
    const nodes = data.nodes.map(({ id, x, y, size: half }) => ({
      id, x, y, label: " ", shape: "custom", size: half, ctxRenderer: (told) => this.renderNode(told),
    }));
    const edges = data.edges.map(({ id, from, to, length }) => ({ id, from, to, length }));
    this.sets = new window.vis.DataSet(nodes);
    this.vis = new window.vis.Network(container, { nodes: this.sets, edges: new window.vis.DataSet(edges) },
      data.options);
    // Everything rests in its place until a card is dragged.
    this.vis.stopSimulation();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.vis.setOptions({ physics: false });
    this.home();
    this.vis.on("afterDrawing", (context) => this.painter.drawAllWords(context, this.places(), this.looked()));
    this.vis.on("beforeDrawing", (context) => this.painter.drawLines(context, this.places(), this.looked()));
    this.vis.on("click", ({ pointer }) => this.click(pointer.canvas));
    this.vis.on("dragStart", ({ nodes: ids }) => this.lift(ids));
    this.vis.on("dragEnd", ({ nodes: ids }) => this.drop(ids));
    this.vis.on("zoom", () => this.limit());
    this.vis.once("afterDrawing", () => this.begin());
    this.vis.on("stabilized", () => this.told("still"));
    this.connect();
  }

  /** The canvas has drawn the same picture: it takes the place of the one in the page. */
  begin() {
    whole();
    this.view.classList.add("drawn");
    this.told("ready");
  }

  told(state) {
    document.documentElement.dataset.network = state;
  }

  renderNode({ ctx: context, id, x, y }) {
    const { card } = this.nodes.get(id);
    const { shape } = this.vis.body.nodes[id];
    // vis-network takes a card for a square; what can be grabbed is the card.
    Object.assign(shape, { width: card.width, height: card.height, left: x - card.width / 2, top: y - card.height / 2 });
    return {
      drawNode: () => this.painter.drawCard(context, card, id, { x, y }, this.looked()),
      nodeDimensions: { width: card.width, height: card.height },
    };
  }

  /** The card whose lines stand out: the one under the pointer, else the selected one. */
  looked() {
    return this.hovered ?? this.selected ?? null;
  }

  places() {
    return this.vis.getPositions();
  }

  at(point) {
    const places = this.places();
    for (const [id, { card }] of [...this.nodes].reverse()) {
      const place = places[id];
      if (Math.abs(point.x - place.x) <= card.width / 2 && Math.abs(point.y - place.y) <= card.height / 2) return id;
    }
    return null;
  }

  click(point) {
    const id = this.at(point);
    if (id?.startsWith("rest:")) location.assign(data.hrefs[id]);
    else this.select(id);
  }

  /** Select a card in the picture, and show its panel. */
  select(id) {
    this.selected = id;
    this.painter.selected = id;
    this.vis.redraw();
    const node = this.nodes.get(id);
    document.getElementById("net-words").hidden = Boolean(id);
    this.panel.show(id, node && { ...node, label: node.card.title.join(" ") });
    if (!node) return;
    const { title, texts } = node.card;
    this.status.textContent = fill(page.texts.selected, { title: title.join(" "), unit: texts.join(", ") });
    this.bringIntoSight(id);
  }

  bringIntoSight(id) {
    const { x, y } = this.places()[id];
    const scale = this.vis.getScale(), seen = this.vis.getViewPosition(), room = size();
    const { card } = this.nodes.get(id);
    const outside = (place, half, from, length) => {
      const over = Math.abs(place - from) + half - length / 2 / scale;
      return over > 0 ? Math.sign(place - from) * over : 0;
    };
    const [dx, dy] = [outside(x, card.width / 2 + 12, seen.x, room.width), outside(y, card.height / 2 + 12, seen.y, room.height)];
    if (dx || dy) this.move({ x: seen.x + dx, y: seen.y + dy }, scale);
  }

  move(position, scale) {
    this.vis.moveTo({ position, scale, animation: false });
  }

  home() {
    this.move(middle(box, size()), 1);
  }

  fit() {
    const room = size();
    this.move({ x: box.x + box.width / 2, y: box.y + box.height / 2 },
      Math.max(SMALLEST, Math.min(1, room.width / box.width, room.height / box.height)));
  }

  zoom(factor) {
    this.move(this.vis.getViewPosition(), Math.min(LARGEST, Math.max(SMALLEST, this.vis.getScale() * factor)));
  }

  limit() {
    const scale = this.vis.getScale();
    if (scale > LARGEST || scale < SMALLEST) this.zoom(1);
  }

  // Dragging: the lines are springs, and pull the other cards along.

  lift(ids) {
    if (!ids.length) return;
    clearTimeout(this.resting);
    this.told("moving");
    this.sets.update(ids.map((id) => ({ id, fixed: false })));
  }

  /** A card stays where it is dropped. */
  drop(ids) {
    if (!ids.length) return;
    this.sets.update(ids.map((id) => ({ id, fixed: true, ...this.places()[id] })));
    this.vis.startSimulation();
    this.resting = setTimeout(() => this.rest(), REST_MS);
  }

  rest() {
    clearTimeout(this.resting);
    this.vis.stopSimulation();
    this.told("still");
  }

  reset() {
    this.sets.update(data.nodes.map(({ id, x, y }) => ({ id, x, y, fixed: false })));
    this.rest();
    this.home();
  }

  connect() {
    const close = () => this.select(null);
    const actions = { find: (id) => this.find(id), select: (id) => this.find(id), toggle() {}, close };
    this.panel = new Panel(document.getElementById("panel"), page.texts, { entry: (id) => this.entry(id) }, actions);
    document.getElementById("net-buttons").hidden = false;
    const on = (id, act) => document.getElementById(id).addEventListener("click", act);
    on("zoom-in", () => this.zoom(1.25));
    on("zoom-out", () => this.zoom(0.8));
    on("fit", () => this.fit());
    on("net-reset", () => this.reset());
    this.view.addEventListener("pointermove", (event) => this.hover(event));
    this.view.addEventListener("pointerleave", () => this.look(null));
    this.view.addEventListener("keydown", (event) => this.key(event));
    for (const link of document.querySelectorAll("a[data-node]")) {
      const id = link.dataset.node;
      if (!this.nodes.has(id)) continue;
      for (const name of ["focus", "pointerenter"]) link.addEventListener(name, () => this.look(id));
      for (const name of ["blur", "pointerleave"]) link.addEventListener(name, () => this.look(null));
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.opener = link;
        this.select(id);
        document.getElementById("panel").focus({ preventScroll: true });
      });
    }
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", () => {
        this.painter.readColors();
        this.vis.redraw();
      });
    }
  }

  hover(event) {
    const frame = this.view.getBoundingClientRect();
    const point = this.vis.DOMtoCanvas({ x: event.clientX - frame.left, y: event.clientY - frame.top });
    const id = event.buttons ? this.hovered : this.at(point);
    this.view.classList.toggle("over-card", Boolean(id));
    this.look(id);
  }

  look(id) {
    if (id === this.hovered) return;
    this.hovered = id;
    this.vis.redraw();
  }

  key(event) {
    const seen = this.vis.getViewPosition(), scale = this.vis.getScale();
    const pan = (dx, dy) => this.move({ x: seen.x + dx / scale, y: seen.y + dy / scale }, scale);
    const acts = {
      ArrowLeft: () => pan(-PAN, 0),
      ArrowRight: () => pan(PAN, 0),
      ArrowUp: () => pan(0, -PAN),
      ArrowDown: () => pan(0, PAN),
      "+": () => this.zoom(1.25),
      "-": () => this.zoom(0.8),
      0: () => this.fit(),
      Escape: () => this.select(null),
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  }

  /** Fetch what the panel says of a node. */
  async entry(id) {
    const kind = this.nodes.get(id).card.kind;
    const answer = await fetch(page.addresses[kind].replace("__id__", encodeURIComponent(id)));
    if (!answer.ok) throw new Error(String(answer.status));
    const entry = await answer.json();
    const network = { name: this.view.dataset.fromHere, href: data.hrefs[id] };
    entry.buttons = [network, ...entry.buttons.filter(({ href }) => href !== network.href)];
    return entry;
  }

  /** Select an entry that is shown, else go to its network. */
  find(id) {
    if (this.nodes.has(id)) this.select(id);
    else location.assign(page.addresses.network.replace("__id__", `post%3A${encodeURIComponent(id)}`));
  }
}

try {
  const fonts = ["400 12px Inter", "600 13px Inter"].map((font) => document.fonts.load(font));
  // vis-network is a classic script; imported as a module it still sets its global.
  await Promise.all([import(page.addresses.vis), Promise.allSettled(fonts)]);
  new Network();
} catch (error) {
  document.documentElement.dataset.failed = "true";
  document.getElementById("net-canvas").replaceWith(element("p", { class: "notice" }, page.texts.failed));
  throw error;
}
