// The explorer's source where the page is a file: what a server would answer is in it (answers.py).
import { Explorer } from "../static/explorer.js";
import { Search, connectSlash } from "../static/search.js";
import { Index, marked, reason } from "./finding.js";

/** The numbers of the first two states; each of the others has one branch open. */
const AS_EXPORTED = 0, TOPS = 1;
const MOST_HITS = 20;

class FileSource {
  constructor(page, answers) {
    Object.assign(this, answers);
    this.page = page;
    // Entries may be called as what every object has.
    this.openings = new Map(Object.entries(answers.openings));
    this.notes = Object.assign(Object.create(null), answers.notes);
    this.byId = new Map(this.entries.map((entry) => [entry.id, entry]));
    this.below = new Map(this.entries.map((entry) => [entry.id, []]));
    for (const entry of this.entries) this.below.get(entry.parent)?.push(entry);
    this.index = new Index(this.entries, answers.common);
    this.format = new Intl.NumberFormat(page.language === "da" ? "da-DK" : "en-GB");
  }

  firstState() {
    return new FileState(this, this.page.selected, AS_EXPORTED);
  }

  /** The card that the exported chart frames is marked, with its panel closed. */
  begin(explorer) {
    explorer.canvas.select(this.page.selected);
  }

  chart(state, revealed) {
    if (revealed) state.number = this.opening(this.byId.get(revealed).parent);
    const { cards, beside, ...chart } = this.states[state.number];
    const nodes = [], edges = [];
    for (const [number, x, y, ...way] of cards) {
      const node = { ...this.nodes[number], x, y };
      nodes.push(node);
      if (way.length) edges.push(edge(node.parent, node.id, node.line, way));
    }
    for (const [from, to, ...way] of beside) edges.push(edge(from, to, "dotted", way));
    return { ...chart, nodes, edges, notes: this.notes, looks: this.looks, options: this.options };
  }

  /** Return the number of the state in which an entry's branch is open. */
  opening(id) {
    return id ? this.openings.get(id) ?? AS_EXPORTED : TOPS;
  }

  entry(id) {
    const { texts } = this.page;
    const entry = this.byId.get(id);
    const reports = this.below.get(id).map((one) => this.item(one));
    const chain = entry.parent ? [entry, ...this.above(entry)].map((one) => this.item(one)) : [];
    const more = entry.left ? texts.elsewhere.replace("{n}", this.format.format(entry.left)) : "";
    return {
      title: { text: entry.title }, where: { text: entry.unit },
      holder: entry.name, chip: entry.chip, status: entry.status, is_chip_first: entry.is_chip_first,
      note: this.notes[id], figure_words: entry.figures, figures: [], actions: [], groups: [],
      lists: [
        { heading: texts.reports, count: this.format.format(entry.number_below), items: reports, more, is_first: true },
        { heading: texts.chain, items: chain, is_ordered: true },
      ].filter((list) => list.items.length || list.more),
    };
  }

  item(entry) {
    // Many posts of a family have one title: the unit tells them apart.
    return { is_here: true, link: { ...this.link(entry), href: "#tree" }, where: entry.unit };
  }

  link({ id, title, name, initials, chip, status, unit }) {
    return { id, title: { text: title }, holder: name, initials, status, status_words: chip, unit: { text: unit } };
  }

  /** Return all above an entry, the nearest first. */
  above(entry) {
    const found = [];
    for (let one = this.byId.get(entry.parent); one; one = this.byId.get(one.parent)) found.push(one);
    return found;
  }

  /** Return what a search finds, in the shape of the server's answer. */
  search(query) {
    const { texts } = this.page;
    const found = this.index.find(query);
    const hits = found.slice(0, MOST_HITS).map((hit) => this.hit(hit));
    const number = this.format.format(found.length);
    const count_words = (found.length === 1 ? texts.hit : texts.hits).replace("{n}", number);
    const note = found.length ? "" : texts.noHits.replace("{query}", () => query);
    const groups = hits.length ? [{ words: texts.found, hits, count: found.length }] : [];
    return { groups, count: found.length, count_words, note, near: [] };
  }

  hit(found) {
    const { entry } = found;
    const detail = [entry.name, entry.chip, entry.unit].filter(Boolean).join(" · ");
    const matched = reason(entry, found, [entry.title, detail]);
    const shown = { title: marked(entry.title, found), detail: marked(detail, found), ...(matched && { matched }) };
    return { kind: this.page.isPosts ? "post" : "unit", id: entry.id, title: entry.title, detail, matched: Boolean(matched), marked: shown };
  }

  // A file has no controls, no address that keeps a state, and no other views.
  tell() {}

  restore() {}

  leave() {}

  remember() {}

  open() {}
}

/** Which of the states of a file is shown; the counterpart of static/state.js. */
class FileState {
  constructor(source, selected, number) {
    Object.assign(this, { source, selected, number });
  }

  copy() {
    return new FileState(this.source, this.selected, this.number);
  }

  toggle(id, isOpen) {
    this.number = this.source.opening(isOpen ? this.source.byId.get(id).parent : id);
  }

  showMore(parent) {
    this.number = this.source.opening(parent);
  }

  first() {
    this.number = AS_EXPORTED;
  }

  get showsCross() {
    return true;
  }

  reveal() {}
}

class OfflineExplorer extends Explorer {
  /** Unfolding a branch folds the others: what was asked for stays in sight. */
  async toggle(id) {
    await super.toggle(id);
    this.canvas.bringIntoSight(id);
  }
}

/** Return a line as the canvas draws it; its way is x and y in turn. */
function edge(from, to, style, way) {
  const points = [];
  for (let i = 0; i < way.length; i += 2) points.push([way[i], way[i + 1]]);
  return { from, to, style, points };
}

/** Return the answers, which stand in the page compressed. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

async function start() {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  // Cards are drawn in the file's own font; it must be read before the first stroke.
  const fonts = ["400 12px Inter", "600 13px Inter"].map((font) => document.fonts.load(font));
  const [answers] = await Promise.all([unpacked(page.answers), Promise.allSettled(fonts)]);
  const source = new FileSource(page, answers);
  const explorer = new OfflineExplorer(source, source.chart(source.firstState()));
  window.explorer = explorer;
  const form = document.querySelector("form.search");
  new Search(form, (query) => source.search(query), (hit) => explorer.found(hit));
  connectSlash(form.querySelector("input[type=search]"));
  document.documentElement.dataset.ready = "true";
}

start().catch((error) => {
  document.documentElement.dataset.failed = "true";
  document.getElementById("failure").hidden = false;
  throw error;
});
