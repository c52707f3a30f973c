// The chart in a file: the explorer's own canvas and tree, over states that the file brings with it.
import { ChartCanvas } from "../static/canvas.js";
import { element } from "../static/dom.js";
import { connectKeys } from "../static/keys.js";
import { Tree } from "../static/tree.js";
import { Data } from "./data.js";
import { Details } from "./details.js";
import { FileSearch } from "./finding.js";

const AS_EXPORTED = 0, TOPS = 1;
const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = page.texts;
const byId = (id) => document.getElementById(id);

class OfflineChart {
  constructor() {
    this.state = { selected: page.selected };
    this.data = new Data(page);
    const format = new Intl.NumberFormat(page.language === "da" ? "da-DK" : "en-GB");
    const number = (value) => format.format(value);
    const actions = {
      select: (id) => this.select(id),
      toggle: (id) => this.toggle(id),
      find: (entry) => this.find(entry),
      more: (node) => this.more(node),
      read: () => this.read(),
    };
    this.tree = new Tree(byId("tree"), actions);
    this.panel = new Details(byId("panel"), { data: this.data, texts, number, actions });
    this.search = new FileSearch(document.querySelector("form.search"), this.data, texts, number, (entry) => this.find(entry));
    this.canvas = new ChartCanvas(byId("canvas"), page.styles, actions);
    this.show(AS_EXPORTED, null);
    this.canvas.select(this.state.selected);
    this.connectToolbar();
    connectKeys(this);
  }

  /** Show a state; the anchor's card stays where it is. */
  show(number, anchor) {
    this.shown = this.data.state(number);
    this.nodes = new Map(this.shown.nodes.map((node) => [node.id, node]));
    this.tree.show(this.shown.nodes, this.shown.notes, this.state.selected);
    this.canvas.show(this.shown, anchor);
    const { short, long, hiddenWords, legend } = this.shown;
    byId("hidden-count").textContent = hiddenWords;
    byId("short-description").textContent = short;
    byId("long-list").replaceChildren(...long.map((one) => element("li", {}, one)));
    byId("colors").replaceChildren(...legend.map(({ value }) => this.colour(value)));
    const canvas = byId("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", short);
    canvas.setAttribute("aria-describedby", "long-list");
  }

  /** The entry of the legend for a colour, which the page has brought. */
  colour(value) {
    this.colours ??= new Map([...byId("colors").children].map((item) => [item.dataset.value, item]));
    return this.colours.get(value);
  }

  connectToolbar() {
    byId("toolbar").hidden = false;
    const on = (id, action) => byId(id).addEventListener("click", action);
    on("zoom-in", () => this.canvas.zoom(1.25));
    on("zoom-out", () => this.canvas.zoom(0.8));
    on("fit", () => this.canvas.fit());
    on("as-exported", () => {
      this.change(AS_EXPORTED, null);
      this.canvas.overview();
      this.say(this.shown.hiddenWords);
    });
  }

  /** Change what is shown; what then is folded away is selected no more. */
  change(number, anchor) {
    const wasSelected = this.state.selected;
    this.show(number, anchor);
    if (wasSelected && !this.nodes.has(wasSelected)) {
      this.state.selected = null;
      this.panel.show(null);
      this.say(texts.closedPanel);
    }
    this.canvas.select(this.state.selected);
    this.panel.refresh(this.nodes.get(this.state.selected));
  }

  /** Select a shown entry everywhere, or nothing. */
  select(id, centre = false) {
    this.state.selected = id;
    this.tree.select(id);
    this.canvas.select(id);
    const node = this.nodes.get(id);
    this.panel.show(node);
    if (!node) return;
    const { title, holder, unit, figures } = node.card.full;
    this.say(fill(texts.selected, { title, unit: [holder, unit, figures].filter(Boolean).join(", ") }));
    if (centre) this.canvas.centre(id);
    else this.canvas.bringIntoSight(id);
  }

  /** Go to the panel of what is selected; the exported chart frames a card with its panel closed. */
  read() {
    if (byId("panel").hidden) this.select(this.state.selected);
    this.panel.focus();
  }

  /** Select an entry that may be folded away, in the state that shows it. */
  find(entry) {
    if (!this.nodes.has(entry.id)) this.change(this.opening(entry.parent), entry.parent?.id ?? null);
    this.select(entry.id, true);
    if (!matchMedia("(max-width: 60rem)").matches) {
      this.tree.focus(entry.id);
      return;
    }
    // The list is far below the chart: what was found is shown, and read in the panel under it.
    this.panel.focus();
    byId("view").scrollIntoView({ block: "start" });
  }

  /** Return the state in which an entry's branch is open. */
  opening(entry) {
    if (!entry) return TOPS;
    return entry.opens >= 0 ? entry.opens : AS_EXPORTED;
  }

  toggle(id) {
    const node = this.nodes.get(id);
    if (!node?.reports) return;
    this.change(this.opening(node.open ? node.entry.parent : node.entry), id);
    this.canvas.bringIntoSight(id);
    this.say(fill(node.open ? texts.closed : texts.opened, { title: node.label }));
  }

  /** Show the rest of a family, if it is in the file. */
  more(node) {
    if (node.entry.isElsewhere) {
      this.say(`${node.label}: ${node.card.full.unit}`);
      return;
    }
    const before = new Set(this.nodes.keys());
    this.change(this.opening(node.entry.parent), node.parent);
    const first = this.shown.nodes.find((one) => one.parent === node.parent && !before.has(one.id));
    if (first) this.tree.focus(first.id);
    this.say(this.shown.hiddenWords);
  }

  say(text) {
    byId("status").textContent = text;
  }
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function fail(error) {
  document.documentElement.dataset.failed = "true";
  byId("failure").hidden = false;
  throw error;
}

// Cards are drawn in the file's own font; it must be read before the first stroke.
Promise.allSettled(["400 12px Inter", "600 13px Inter"].map((font) => document.fonts.load(font))).then(() => {
  window.explorer = new OfflineChart();
  document.documentElement.dataset.ready = "true";
}).catch(fail);
