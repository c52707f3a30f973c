// The explorer: one state, shown by the canvas, the tree, the panel and the words around them.
import { ChartCanvas } from "./canvas.js";
import { watchConnection } from "./connection.js";
import { Controls } from "./controls.js";
import { element } from "./dom.js";
import { connectKeys } from "./keys.js";
import { Panel } from "./panel.js";
import { Search } from "./search.js";
import { State } from "./state.js";
import { Tree } from "./tree.js";
import "./sources.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = page.texts;
const MORE_AT_ONCE = 120;
/** What the server answers to an address that is too long. */
const TOO_LONG = 414, REFUSED = 400;
/** A shorter wait needs no word. */
const PATIENCE_MS = 250;

class Explorer {
  constructor(data) {
    this.state = new State(location.search, page.selected);
    this.byId = new Map();
    this.changes = Promise.resolve();
    const actions = {
      select: (id) => this.select(id),
      toggle: (id) => this.toggle(id),
      find: (id) => this.find(id),
      more: (node) => this.more(node),
      read: () => this.panel.focus(),
    };
    this.tree = new Tree(document.getElementById("tree"), actions);
    this.panel = new Panel(document.getElementById("panel"), texts, page, actions, () => this.select(null));
    this.search = new Search(document.querySelector(".side .search"), page.addresses.search, texts, (hit) => this.found(hit));
    this.canvas = new ChartCanvas(document.getElementById("canvas"), page.styles, actions);
    this.controls = new Controls(document.getElementById("controls"), {
      apply: (values) => this.apply(values),
      reload: (values) => this.reload(values),
    });
    this.status = document.getElementById("status");
    this.show(data, null);
    this.connectToolbar();
    connectKeys(this);
    watchConnection(texts);
    if (this.state.selected) {
      // As the server has opened it: what is above stays open when something else changes.
      this.state.reveal(this.byId, this.state.selected);
      this.select(this.state.selected, true);
    }
  }

  show(data, anchor) {
    this.data = data;
    this.byId = new Map(data.nodes.map((node) => [node.id, node]));
    this.tree.show(data.nodes, data.notes, this.state.selected);
    this.canvas.show(data, anchor);
    this.tell(data);
  }

  /** Put what is said of the chart on the page. */
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
    this.controls.tell(data);
  }

  connectToolbar() {
    document.getElementById("toolbar").hidden = false;
    const on = (id, action) => document.getElementById(id).addEventListener("click", action);
    on("zoom-in", () => this.canvas.zoom(1.25));
    on("zoom-out", () => this.canvas.zoom(0.8));
    on("fit", () => this.canvas.fit());
    on("open-all", () => this.wide((state) => state.all()));
    on("open-first", () => this.wide((state) => state.first()));
  }

  /** Set what the controls say; something of the chart is then in view, and what is hidden is told. */
  async apply(values) {
    if (!await this.change((state) => state.control(values), null)) return;
    if (this.state.selected) this.canvas.bringIntoSight(this.state.selected);
    else if (!this.canvas.showsAnything()) this.canvas.overview();
    this.say([this.data.filters, this.data.hidden_words].filter(Boolean).join(", "));
  }

  /** Change all that is open, and say how much is left out. */
  async wide(edit) {
    if (!await this.change(edit, null)) return;
    this.canvas.overview();
    this.say(this.data.hidden_words);
  }

  /** Select a shown entry everywhere, or nothing; its card is brought into sight. */
  select(id, centre = false) {
    this.state.selected = id;
    this.tree.select(id);
    this.canvas.select(id);
    this.remember();
    const node = this.byId.get(id);
    if (node) {
      const { title, holder, unit, figures } = node.card.full;
      this.say(fill(texts.selected, { title, unit: [holder, unit, figures].filter(Boolean).join(", ") }));
    }
    this.panel.show(id, node);
    if (centre) this.canvas.centre(id);
    else this.canvas.bringIntoSight(id);
  }

  /** Go to what a search has found: in this chart where it is one of such entries, else in theirs. */
  found(hit) {
    if (hit.kind === (page.isPosts ? "post" : "unit")) this.find(hit.post.id);
    else location.assign(hit.post.chart_href);
  }

  /** Select an entry that may be folded away. */
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
    // The list is far below the chart: what was found is shown, and read in the panel under it.
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
    const parent = node.parent ?? "";
    const shown = [...this.byId.values()].filter((one) => one.parent === node.parent && !one.more).length;
    if (!await this.change((state) => state.more.set(parent, shown + MORE_AT_ONCE), node.parent)) return;
    const family = [...this.byId.values()].filter((one) => one.parent === node.parent);
    if (family[shown]) this.tree.focus(family[shown].id);
    this.say(this.data.hidden_words);
  }

  /** Change what is shown, one change after the other: a slow answer never undoes a later one. */
  change(edit, anchor, revealed = null) {
    this.changes = this.changes.then(() => this.fetchChange(edit, anchor, revealed));
    return this.changes;
  }

  /** Fetch the chart for a change and show it; on failure all stays as it was. */
  async fetchChange(edit, anchor, revealed) {
    const next = this.state.copy();
    edit(next);
    const waiting = setTimeout(() => { document.getElementById("loading").hidden = false; }, PATIENCE_MS);
    try {
      const query = next.query();
      // The server shows a selected entry wherever it is; folding must be able to hide it.
      query.delete("select");
      if (revealed) query.set("select", revealed);
      const answer = await fetch(`${page.addresses.chart.split("?")[0]}?${query}`);
      if (answer.status === TOO_LONG) {
        this.controls.restore(this.state.params);
        this.fail(null, texts.tooLong);
        return false;
      }
      // The data have changed under the page: the server says what of it there is no longer.
      if (answer.status === REFUSED) {
        location.assign(`?${query}`);
        return false;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const data = await answer.json();
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
      this.remember();
      this.controls.restore(this.state.params);
      document.getElementById("failure").hidden = true;
      return true;
    } catch {
      this.controls.restore(this.state.params);
      this.fail(() => this.change(edit, anchor, revealed));
      return false;
    } finally {
      clearTimeout(waiting);
      document.getElementById("loading").hidden = true;
    }
  }

  /** Open the page anew where the whole of it changes: on another date. */
  reload(values) {
    const next = this.state.copy();
    next.control(values);
    location.search = next.address();
  }

  /** Keep the state in the address, and in the links to this page in another form. */
  remember() {
    const query = this.state.address();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    for (const link of document.querySelectorAll(".languages a, .names-switch")) {
      const params = this.state.query();
      const own = new URLSearchParams(link.search);
      for (const name of ["lang", "names"]) {
        params.delete(name);
        if (own.has(name)) params.set(name, own.get(name));
      }
      link.search = params.toString();
    }
    const present = document.querySelector(".present-link");
    const params = this.state.query();
    if (!page.isPosts) params.set("chart", "units");
    present.search = params.toString();
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

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Make the painted chart one that can be explored. */
export function explore(data) {
  window.explorer = new Explorer(data);
  document.documentElement.dataset.ready = "true";
}
