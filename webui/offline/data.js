// The data of the file, unpacked: `packing.py` says what each list holds.
const INFERRED = 1, ELSEWHERE = 2;

export class Data {
  constructor(page) {
    this.page = page;
    this.byId = new Map();
    this.families = new Map();
    this.entries = [];
    for (const row of page.entries) this.entries.push(this.entry(row));
    this.inOrder = [...this.below(null)];
  }

  text(number) {
    return this.page.strings[number];
  }

  entry([id, title, name, unit, figures, chip, status, look, note, sentence, holders, titles, units,
    above, below, left, opens, more, marks]) {
    const [chipWords, nameWords, statusValue] = [chip, name, status].map((one) => this.text(one));
    const isChipFirst = this.page.leading.includes(statusValue);
    const holder = isChipFirst ? [chipWords, nameWords] : [nameWords, chipWords];
    const parent = above < 0 ? null : this.entries[above];
    const entry = {
      id, parent, below, left, opens, more,
      layer: parent ? parent.layer + 1 : 0,
      name: nameWords, chip: chipWords, isChipFirst, status: statusValue, look: this.text(look),
      full: {
        title: this.text(title), holder: holder.filter(Boolean).join(", "),
        unit: this.text(unit), figures: this.text(figures),
      },
      note: this.text(note), sentence: this.text(sentence),
      found: [holders, titles, units].map((one) => this.text(one)),
      isInferred: Boolean(marks & INFERRED), isElsewhere: Boolean(marks & ELSEWHERE),
    };
    if (more) return entry;
    this.byId.set(id, entry);
    if (!this.families.has(parent)) this.families.set(parent, []);
    this.families.get(parent).push(entry);
    return entry;
  }

  /** Return those right below an entry that are in the file. */
  reports(entry) {
    return this.families.get(entry) ?? [];
  }

  /** Return an entry with all above it, the nearest first. */
  chain(entry) {
    const found = [];
    for (let here = entry; here; here = here.parent) found.push(here);
    return found;
  }

  /** Yield all below an entry, as they are read. */
  * below(top) {
    const waiting = [...this.reports(top)].reverse();
    while (waiting.length) {
      const entry = waiting.pop();
      yield entry;
      waiting.push(...[...this.reports(entry)].reverse());
    }
  }

  /** Return a state as the canvas and the tree show it. */
  state(number) {
    const [short, hiddenWords, width, height, numbers, ways, beside] = this.page.states[number];
    const nodes = [];
    for (let i = 0; i < numbers.length; i += 3) nodes.push(this.node(...numbers.slice(i, i + 3)));
    const byEntry = new Map(nodes.map((node) => [node.entry, node]));
    const edges = nodes.flatMap((node, i) => {
      const above = byEntry.get(node.entry.parent);
      if (!above) return [];
      const points = way(ways[i], above.x, above.y - above.card.height / 2);
      return [{ from: above.id, to: node.id, style: node.entry.isInferred ? "dashed" : "solid", points }];
    });
    const top = nodes[0]?.id;
    edges.push(...beside.map(([, ...steps]) => ({ from: top, to: top, style: "dotted", points: way(steps, 0, 0) })));
    const sentences = nodes.filter((node) => node.open).map((node) => node.entry.sentence);
    const looks = new Set(nodes.map((node) => node.look));
    return {
      number, nodes, edges, width, height, short, hiddenWords,
      long: [...sentences, ...beside.map(([said]) => this.text(said))],
      notes: Object.fromEntries(nodes.map((node) => [node.id, node.entry.note])),
      legend: this.page.legend.filter((one) => looks.has(one.value)),
      looks: this.page.looks, options: this.page.options,
    };
  }

  node(number, x, top) {
    const [twice, frame, width, height, ...values] = this.page.cards[number];
    const open = Boolean(twice % 2);
    const entry = this.entries[(twice - open) / 2];
    const marks = [];
    for (let i = 0; i < values.length; i += 5) {
      const [style, dx, dy, text, length] = values.slice(i, i + 5);
      marks.push([this.text(style), dx, dy, this.text(text), length]);
    }
    const opens = entry.opens >= 0 && entry.left < entry.below;
    return {
      id: entry.id, entry, label: entry.full.title, open, x, y: top + height / 2,
      size: width / 2, shape: "custom", parent: entry.parent?.id ?? null, layer: entry.layer,
      reports: open || opens ? entry.below : 0, more: entry.more, look: entry.look,
      card: {
        full: entry.full, frame: this.text(frame), width, height, marks,
      },
    };
  }
}

/** Return the corners of a line from where it begins, with its steps: down, across, down … */
function way([fromX, fromY, ...steps], left, top) {
  let [x, y] = [left + fromX, top + fromY];
  const points = [[x, y]];
  steps.forEach((step, i) => {
    if (!step) return;
    if (i % 2) x += step;
    else y += step;
    points.push([x, y]);
  });
  return points;
}
