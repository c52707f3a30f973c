// The explorer: one state, shown by the canvas, the list, the panel and the texts around them.
//
// Its data come from a source: the server (server.js), or the file that contains the page
// (offline/offline.js). A source has
//   firstState()             the initial state of the page; see state.js
//   chart(state, revealed)   the chart in a state, opened down to an entry; null when leaving the page
//   entry(id)                the panel's data of an entry
//   begin(explorer)          called when the first chart is shown
//   tell(data)               called with every chart shown
//   restore(state)           called after a change, also if it failed
//   leave()                  called before the state changes
//   remember(state, isStep)  called when the state has changed; a step can be undone by Back
//   open(id, view)           opens another view of an entry
import { ChartCanvas } from "./canvas.js";
import { fill } from "./dom.js";
import { Failure } from "./failure.js";
import { Hover } from "./hover.js";
import { connectKeys } from "./keys.js";
import { LineWords } from "./lines.js";
import { SmallMap } from "./map.js";
import { Panel } from "./panel.js";
import { describe, showColors, showKey } from "./surroundings.js";
import { connectTools } from "./tools.js";
import { Tree } from "./tree.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = page.texts;
const MORE_AT_ONCE = 120;
/** The delay before a message about waiting, in milliseconds. */
const PATIENCE_MS = 250;

export class Explorer {
  constructor(source, data) {
    this.source = source;
    this.page = page;
    this.state = source.firstState();
    this.byId = new Map();
    this.changes = Promise.resolve();
    const actions = {
      select: (id) => this.select(id),
      toggle: (id) => this.toggle(id),
      find: (id) => this.find(id),
      more: (node) => this.more(node),
      read: () => this.read(),
      close: () => this.select(null),
      hover: (id, isByPointer) => this.hover.show(id, isByPointer),
      explain: (lines, at) => this.say(this.lineWords.show(lines, this.byId, at)),
      drawn: () => this.map?.draw(),
      redress: () => showColors(this.data.legend, (look) => this.canvas.painter.colors(look)),
    };
    const part = (id) => document.getElementById(id);
    this.status = part("status");
    this.failure = new Failure(part("failure"), texts);
    this.canvas = new ChartCanvas(part("canvas"), page.styles, actions);
    this.tools = connectTools(this);
    this.hover = new Hover(part("tip"), this.canvas);
    this.lineWords = new LineWords(part("why"), texts, actions);
    this.tree = new Tree(part("tree"), actions);
    this.panel = new Panel(part("panel"), texts, source, actions);
    this.show(data, null);
    this.map = new SmallMap(part("map"), this.canvas);
    this.map.show();
    connectKeys(this);
    source.begin(this);
  }

  show(data, anchor) {
    this.data = data;
    this.byId = new Map(data.nodes.map((node) => [node.id, node]));
    this.tree.show(data.nodes, data.notes, this.state.selected);
    this.canvas.showsCross = this.state.showsCross;
    this.hover.show(null, false);
    this.canvas.show(data, anchor);
    this.map?.show();
    describe(data, (look) => this.canvas.painter.colors(look));
    this.showKey();
    this.source.tell(data);
  }

  showKey() {
    showKey(this.data.key, this.canvas.drawnLines().some(({ style }) => style === "dotted"));
  }

  /** Replace the open entries, and state how many cards are left out. */
  async wide(edit, how = { isStep: true }) {
    if (!await this.change(edit, how)) return;
    this.canvas.overview();
    this.say(this.data.hidden_words);
  }

  /** Select a shown entry in all views, or nothing; scroll its card into view. */
  select(id, { isCentred = false, isStep = true } = {}) {
    if (isStep) this.source.leave();
    const isOther = id !== this.state.selected;
    this.state.selected = id;
    this.tree.select(id);
    this.canvas.select(id);
    this.lineWords.hide();
    this.hover.hide();
    this.showKey();
    this.source.remember(this.state, isStep && isOther);
    const node = this.byId.get(id);
    if (node) {
      const { title, holder, unit, figures } = node.card.full;
      this.say(fill(texts.selected, { title, unit: [holder, unit, figures].filter(Boolean).join(", ") }));
      this.tools.note(id);
    }
    this.panel.show(id, node);
    // The panel takes its room from the chart at once, and gives it back.
    this.canvas.settle(id);
    if (isCentred) this.canvas.centre(id);
  }

  /** Focus the panel of the selected entry, reopening it if necessary. */
  read() {
    if (document.getElementById("panel").hidden) this.select(this.state.selected, { isStep: false });
    this.panel.focus();
  }

  /** Go to a hit of the search: in this chart if it is one of its kind, else to its own address. */
  found({ kind, id, href, chart_href: chartHref }) {
    if (!kind || kind === (page.isPosts ? "post" : "unit")) this.find(id);
    else location.assign(chartHref || href);
  }

  /** Select an entry that may be folded. */
  async find(id) {
    if (!this.byId.has(id)) {
      if (!await this.change(() => {}, { revealed: id })) return;
      this.state.reveal(this.byId, id);
    }
    this.select(id, { isCentred: true });
    if (this.tools.listIsOpen()) this.tree.focus(id);
    else this.panel.focus();
  }

  async toggle(id) {
    const node = this.byId.get(id);
    if (!node || !node.reports) return;
    const edit = (state) => state.toggle(id, node.open);
    const changed = await this.change(edit, { anchor: id, isStep: true });
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
    const edit = (state) => state.showMore(node.parent ?? "", count + MORE_AT_ONCE);
    if (!await this.change(edit, { anchor: node.parent, isStep: true })) return;
    const first = [...this.byId.values()].find((one) => one.parent === node.parent && !shown.has(one.id));
    if (first) this.tree.focus(first.id);
    this.say(this.data.hidden_words);
  }

  /** Show an earlier or a later state, as it was looked at. */
  async goBack(state, look) {
    if (state.chartQuery() !== this.state.chartQuery()) {
      const anchor = look ? null : this.state.selected;
      if (!await this.change((next) => next.become(state), { anchor, revealed: state.selected })) return;
    }
    this.select(this.byId.has(state.selected) ? state.selected : null, { isStep: false });
    if (look) this.canvas.glide(look);
  }

  /** Apply changes in sequence, so that a slow response never overrides a later one. */
  change(edit, how = {}) {
    this.changes = this.changes.then(() => this.makeChange(edit, how));
    return this.changes;
  }

  /** Show the chart after a change; on failure nothing changes. */
  async makeChange(edit, how) {
    const { anchor = null, revealed = null, isStep = false } = how;
    const next = this.state.copy();
    edit(next);
    const waiting = setTimeout(() => { document.getElementById("loading").hidden = false; }, PATIENCE_MS);
    try {
      const data = await this.source.chart(next, revealed);
      if (!data) return false;
      const shown = new Set(data.nodes.map((node) => node.id));
      if (isStep) this.source.leave();
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
      if (isStep) this.source.remember(this.state, true);
      this.source.restore(this.state);
      this.failure.hide();
      return true;
    } catch (error) {
      this.source.restore(this.state);
      if (error instanceof Refusal) this.failure.show(null, error.message);
      else this.failure.show(() => this.change(edit, how));
      return false;
    } finally {
      clearTimeout(waiting);
      document.getElementById("loading").hidden = true;
    }
  }

  say(text) {
    this.status.textContent = text;
  }
}

/** A permanent failure of a change, with the reason in words. */
export class Refusal extends Error {}

/** Make the painted chart interactive. */
export function explore(source, data) {
  window.explorer = new Explorer(source, data);
  document.documentElement.dataset.ready = "true";
}
