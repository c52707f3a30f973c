// The explorer: one state, shown by the canvas, the tree and the panel.
import { ChartCanvas } from "./canvas.js";
import { Panel } from "./panel.js";
import { Search } from "./search.js";
import { Tree } from "./tree.js";
import "./sources.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = page.texts;

/** What is open, closed and selected, as the address keeps it. */
class State {
  constructor(address, selected) {
    const params = new URLSearchParams(address);
    this.opened = new Set((params.get("open") ?? "").split(",").filter(Boolean));
    this.closed = new Set((params.get("closed") ?? "").split(",").filter(Boolean));
    this.lang = params.get("lang");
    this.selected = selected;
  }

  toggle(id, isOpen) {
    this.opened.delete(id);
    this.closed.delete(id);
    (isOpen ? this.closed : this.opened).add(id);
  }

  all() {
    this.opened = new Set(["all"]);
    this.closed.clear();
  }

  first() {
    this.opened.clear();
    this.closed.clear();
  }

  /** Note that everything above a post is open, as the server opens it for a selected one. */
  reveal(nodes, id) {
    for (let node = nodes.get(nodes.get(id)?.parent); node; node = nodes.get(node.parent)) {
      this.closed.delete(node.id);
      if (!this.opened.has("all")) this.opened.add(node.id);
    }
  }

  query() {
    const params = new URLSearchParams();
    if (this.lang) params.set("lang", this.lang);
    if (this.opened.size) params.set("open", [...this.opened].join(","));
    if (this.closed.size) params.set("closed", [...this.closed].join(","));
    if (this.selected) params.set("select", this.selected);
    return params;
  }
}

class Explorer {
  constructor(data, painter) {
    this.state = new State(location.search, page.selected);
    this.data = data;
    this.byId = new Map();
    this.changes = Promise.resolve();
    const actions = {
      select: (id) => this.select(id),
      toggle: (id) => this.toggle(id),
      find: (id) => this.find(id),
    };
    this.tree = new Tree(document.getElementById("tree"), texts, actions);
    this.panel = new Panel(document.getElementById("panel"), texts, page, actions, () => this.select(null));
    this.search = new Search(document.querySelector(".search"), texts, page, actions);
    this.canvas = new ChartCanvas(document.getElementById("canvas"), painter, actions);
    this.status = document.getElementById("status");
    this.show(this.data, null);
    this.connectToolbar();
    if (this.state.selected) this.select(this.state.selected, true);
  }

  show(data, anchor) {
    this.data = data;
    this.byId = new Map(data.nodes.map((node) => [node.id, node]));
    this.tree.show(data.nodes, this.state.selected);
    this.canvas.show(data, anchor);
    document.getElementById("hidden-count").textContent = data.hidden_words;
  }

  connectToolbar() {
    const on = (id, action) => document.getElementById(id).addEventListener("click", action);
    on("zoom-in", () => this.canvas.zoom(1.25));
    on("zoom-out", () => this.canvas.zoom(0.8));
    on("fit", () => this.canvas.fit());
    on("open-all", () => this.change(() => this.state.all(), null).then(() => this.canvas.fit()));
    on("open-first", () => this.change(() => this.state.first(), null).then(() => this.canvas.fit()));
  }

  /** Select a shown post everywhere, or nothing; its card is brought into sight. */
  select(id, centre = false) {
    this.state.selected = id;
    this.tree.select(id);
    this.canvas.select(id);
    this.remember();
    const node = this.byId.get(id);
    if (node) this.say(fill(texts.selected, { title: node.label, unit: node.card.full.unit }));
    this.panel.show(id, node);
    if (centre) this.canvas.centre(id);
    else this.canvas.bringIntoSight(id);
  }

  /** Select a post that may be folded away. */
  async find(id) {
    if (!this.byId.has(id)) {
      if (!await this.change(() => {}, null, id)) return;
      this.state.reveal(this.byId, id);
    }
    this.select(id, true);
    this.tree.focus(id);
  }

  async toggle(id) {
    const node = this.byId.get(id);
    if (!node || !node.reports) return;
    const changed = await this.change(() => this.state.toggle(id, node.open), id);
    if (changed) this.say(fill(node.open ? texts.closed : texts.opened, { title: node.label }));
  }

  /** Change what is open, one change after the other: a slow answer never undoes a later one. */
  change(edit, anchor, revealed = null) {
    this.changes = this.changes.then(() => this.fetchChange(edit, anchor, revealed));
    return this.changes;
  }

  /** Fetch the chart for a change and show it; on failure all stays as it was. */
  async fetchChange(edit, anchor, revealed) {
    const before = { opened: new Set(this.state.opened), closed: new Set(this.state.closed) };
    edit();
    try {
      const query = this.state.query();
      // The server shows a selected post wherever it is; folding must be able to hide it.
      query.delete("select");
      if (revealed) query.set("select", revealed);
      const answer = await fetch(`${page.addresses.chart.split("?")[0]}?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const data = await answer.json();
      const shown = new Set(data.nodes.map((node) => node.id));
      if (this.state.selected && !shown.has(this.state.selected)) {
        this.state.selected = null;
        this.panel.show(null);
      }
      this.show(data, anchor);
      this.canvas.select(this.state.selected);
      this.panel.refresh(this.byId.get(this.state.selected));
      this.remember();
      document.getElementById("failure").hidden = true;
      return true;
    } catch {
      Object.assign(this.state, before);
      this.fail(() => this.change(edit, anchor, revealed));
      return false;
    }
  }

  remember() {
    const query = this.state.query().toString().replaceAll("%2C", ",");
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    for (const link of document.querySelectorAll(".languages a")) {
      const params = this.state.query();
      params.set("lang", link.hreflang);
      link.search = params.toString();
    }
  }

  say(text) {
    this.status.textContent = text;
  }

  fail(retry) {
    const box = document.getElementById("failure");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = texts.retry;
    button.addEventListener("click", () => { box.hidden = true; retry(); });
    box.replaceChildren(Object.assign(document.createElement("p"), { textContent: texts.failed }), button);
    box.hidden = false;
  }
}

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Make the painted chart one that can be explored. */
export function explore(data, painter) {
  document.getElementById("toolbar").hidden = false;
  window.explorer = new Explorer(data, painter);
  document.documentElement.dataset.ready = "true";
}
