// The explorer: one state, shown by the canvas, the tree, the panel and the texts around them.
//
// Its data come from a source: the server (server.js), or the file that contains the page
// (offline/offline.js). A source has
//   firstState()             the initial state of the page; see state.js
//   chart(state, revealed)   the chart in a state, opened down to an entry; null when leaving the page
//   entry(id)                the panel's data of an entry
//   begin(explorer)          called when the first chart is shown
//   tell(data)               called with every chart shown
//   restore(state)           called after a change, also if it failed
//   remember(state)          called when the state has changed
//   open(id, view)           opens another view of an entry
import { ChartCanvas } from "./canvas.js";
import { element } from "./dom.js";
import { connectKeys } from "./keys.js";
import { Panel } from "./panel.js";
import { Tree } from "./tree.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = page.texts;
const SVG = "http://www.w3.org/2000/svg";
const MORE_AT_ONCE = 120;
/** The delay before a message about waiting, in milliseconds. */
const PATIENCE_MS = 250;

export class Explorer {
  constructor(source, data) {
    this.source = source;
    this.state = source.firstState();
    this.byId = new Map();
    this.changes = Promise.resolve();
    const actions = {
      select: (id) => this.select(id),
      toggle: (id) => this.toggle(id),
      find: (id) => this.find(id),
      more: (node) => this.more(node),
      read: () => this.read(),
    };
    this.tree = new Tree(document.getElementById("tree"), actions);
    this.panel = new Panel(document.getElementById("panel"), texts, source, actions, () => this.select(null));
    this.canvas = new ChartCanvas(document.getElementById("canvas"), page.styles, actions);
    this.status = document.getElementById("status");
    this.show(data, null);
    this.connectToolbar();
    connectKeys(this);
    source.begin(this);
  }

  show(data, anchor) {
    this.data = data;
    this.byId = new Map(data.nodes.map((node) => [node.id, node]));
    this.tree.show(data.nodes, data.notes, this.state.selected);
    this.canvas.show(data, anchor);
    this.tell(data);
  }

  /** Show the texts about the chart. */
  tell(data) {
    document.getElementById("hidden-count").textContent = data.hidden_words;
    const empty = document.getElementById("empty");
    empty.textContent = data.hidden_words;
    empty.hidden = data.nodes.length > 0;
    document.getElementById("short-description").textContent = data.short;
    document.getElementById("long-list").replaceChildren(...data.long.map((one) => element("li", {}, one)));
    const canvas = document.getElementById("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", data.short);
    canvas.setAttribute("aria-describedby", "long-list");
    const colors = document.getElementById("colors");
    colors.replaceChildren(...data.legend.map((item) => element("li", {}, swatch(item), " ", item.words)));
    colors.parentElement.hidden = !data.legend.length;
    this.source.tell(data);
  }

  connectToolbar() {
    document.getElementById("toolbar").hidden = false;
    const on = (id, action) => document.getElementById(id)?.addEventListener("click", action);
    on("zoom-in", () => this.canvas.zoom(1.25));
    on("zoom-out", () => this.canvas.zoom(0.8));
    on("fit", () => this.canvas.fit());
    on("open-all", () => this.wide((state) => state.all()));
    on("open-first", () => this.wide((state) => state.first()));
  }

  /** Replace the open entries, and state how many cards are left out. */
  async wide(edit) {
    if (!await this.change(edit, null)) return;
    this.canvas.overview();
    this.say(this.data.hidden_words);
  }

  /** Select a shown entry in all views, or nothing; scroll its card into view. */
  select(id, centre = false) {
    this.state.selected = id;
    this.tree.select(id);
    this.canvas.select(id);
    this.source.remember(this.state);
    const node = this.byId.get(id);
    if (node) {
      const { title, holder, unit, figures } = node.card.full;
      this.say(fill(texts.selected, { title, unit: [holder, unit, figures].filter(Boolean).join(", ") }));
    }
    this.panel.show(id, node);
    if (centre) this.canvas.centre(id);
    else this.canvas.bringIntoSight(id);
  }

  /** Focus the panel of the selected entry, reopening it if necessary. */
  read() {
    if (document.getElementById("panel").hidden) this.select(this.state.selected);
    this.panel.focus();
  }

  /** Go to a search hit: in this chart if the hit is one of its entries, else to its page. */
  found(hit) {
    if (hit.kind === (page.isPosts ? "post" : "unit")) this.find(hit.id);
    else location.assign(hit.href);
  }

  /** Select an entry that may be folded. */
  async find(id) {
    if (!this.byId.has(id)) {
      if (!await this.change(() => {}, null, id)) return;
      this.state.reveal(this.byId, id);
    }
    this.select(id, true);
    if (!matchMedia("(max-width: 60rem)").matches) {
      this.tree.focus(id);
      return;
    }
    // The list is far below the chart: scroll to the hit in the chart, with the panel below it.
    this.panel.focus();
    document.getElementById("view").scrollIntoView({ block: "start" });
  }

  async toggle(id) {
    const node = this.byId.get(id);
    if (!node || !node.reports) return;
    const changed = await this.change((state) => state.toggle(id, node.open), id);
    if (changed) this.say(fill(node.open ? texts.closed : texts.opened, { title: node.label }));
  }

  /** Show more of a wide family. */
  async more(node) {
    if (node.elsewhere) {
      this.say(node.elsewhere);
      return;
    }
    const shown = new Set(this.byId.keys());
    const count = [...this.byId.values()].filter((one) => one.parent === node.parent && !one.more).length;
    if (!await this.change((state) => state.showMore(node.parent ?? "", count + MORE_AT_ONCE), node.parent)) return;
    const first = [...this.byId.values()].find((one) => one.parent === node.parent && !shown.has(one.id));
    if (first) this.tree.focus(first.id);
    this.say(this.data.hidden_words);
  }

  /** Apply changes in sequence, so that a slow response never overrides a later one. */
  change(edit, anchor, revealed = null) {
    this.changes = this.changes.then(() => this.makeChange(edit, anchor, revealed));
    return this.changes;
  }

  /** Show the chart after a change; on failure nothing changes. */
  async makeChange(edit, anchor, revealed) {
    const next = this.state.copy();
    edit(next);
    const waiting = setTimeout(() => { document.getElementById("loading").hidden = false; }, PATIENCE_MS);
    try {
      const data = await this.source.chart(next, revealed);
      if (!data) return false;
      const shown = new Set(data.nodes.map((node) => node.id));
      next.selected = this.state.selected;
      if (next.selected && !shown.has(next.selected)) {
        next.selected = null;
        this.panel.show(null);
        this.say(texts.closedPanel);
      }
      this.state = next;
      this.show(data, anchor);
      this.canvas.select(this.state.selected);
      this.panel.refresh(this.byId.get(this.state.selected));
      this.source.remember(this.state);
      this.source.restore(this.state);
      document.getElementById("failure").hidden = true;
      return true;
    } catch (error) {
      this.source.restore(this.state);
      if (error instanceof Refusal) this.fail(null, error.message);
      else this.fail(() => this.change(edit, anchor, revealed));
      return false;
    } finally {
      clearTimeout(waiting);
      document.getElementById("loading").hidden = true;
    }
  }

  say(text) {
    this.status.textContent = text;
  }

  fail(retry, words = navigator.onLine ? texts.failed : texts.offline) {
    const box = document.getElementById("failure");
    box.hidden = false;
    if (!retry) {
      box.replaceChildren(element("p", {}, words));
      return;
    }
    const button = element("button", { type: "button" }, texts.retry);
    const before = document.activeElement;
    button.addEventListener("click", () => {
      box.hidden = true;
      before?.focus({ preventScroll: true });
      retry();
    });
    box.replaceChildren(element("p", {}, words), button);
  }
}

/** A permanent failure of a change, with the reason in words. */
export class Refusal extends Error {}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function swatch({ fill: color, band, edge }) {
  const picture = made("svg", { viewBox: "0 0 20 14", "aria-hidden": "true" });
  picture.append(
    made("rect", { x: 0.5, y: 0.5, width: 19, height: 13, rx: 2, fill: color, stroke: edge }),
    made("rect", { width: 4, height: 14, rx: 1, fill: band }));
  return picture;
}

function made(name, attributes) {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

/** Make the painted chart interactive. */
export function explore(source, data) {
  window.explorer = new Explorer(source, data);
  document.documentElement.dataset.ready = "true";
}
