// The state of a chart, as encoded in its URL.
const ENTRIES = ["open", "closed", "more", "select"];
const VISIT = ["lang", "names", "date"];

export class State {
  constructor(address, selected) {
    this.params = new URLSearchParams(address);
    this.opened = new Set(list(this.params.get("open")));
    this.closed = new Set(list(this.params.get("closed")));
    this.more = new Map(list(this.params.get("more")).map((one) => {
      const at = one.lastIndexOf("~");
      return [one.slice(0, at), Number(one.slice(at + 1))];
    }));
    this.selected = selected;
    for (const name of ENTRIES) this.params.delete(name);
  }

  copy() {
    const copy = new State("", this.selected);
    copy.params = new URLSearchParams(this.params);
    copy.opened = new Set(this.opened);
    copy.closed = new Set(this.closed);
    copy.more = new Map(this.more);
    return copy;
  }

  toggle(id, isOpen) {
    this.opened.delete(id);
    this.closed.delete(id);
    (isOpen ? this.closed : this.opened).add(id);
  }

  /** Become another state. */
  become(other) {
    Object.assign(this, other.copy());
  }

  /** Whether cross-cutting lines are shown for all cards, not for the selected one only. */
  get showsCross() {
    return this.params.get("cross") === "on";
  }

  /** Show as many of a wide family. */
  showMore(parent, count) {
    this.more.set(parent, count);
  }

  /** Show a number of layers, or all, of every branch. */
  layers(value) {
    this.first();
    this.params.set("layers", value);
  }

  first() {
    this.params.delete("layers");
    this.opened.clear();
    this.closed.clear();
    this.more.clear();
  }

  /** Show the chart as it first opens; the language, the names and the date stay. */
  reset() {
    this.first();
    for (const name of [...this.params.keys()]) if (!VISIT.includes(name)) this.params.delete(name);
  }

  /** Set the parameters of the controls; defaults are omitted from the URL. */
  control(values) {
    for (const [name, value] of values) {
      this.params.delete(name);
      for (const one of value) if (one) this.params.append(name, one);
    }
  }

  /** Record that all ancestors of an entry are open, as the server opens them for a selected one. */
  reveal(nodes, id) {
    for (let node = nodes.get(nodes.get(id)?.parent); node; node = nodes.get(node.parent)) {
      this.closed.delete(node.id);
      if (this.params.get("layers") !== "all") this.opened.add(node.id);
    }
  }

  query() {
    const params = new URLSearchParams(this.params);
    if (this.opened.size) params.set("open", [...this.opened].join(","));
    if (this.closed.size) params.set("closed", [...this.closed].join(","));
    if (this.more.size) params.set("more", [...this.more].map(([id, count]) => `${id}~${count}`).join(","));
    if (this.selected) params.set("select", this.selected);
    return params;
  }

  /** Return what the chart depends on, in one order; whatever else changes needs no other chart. */
  chartQuery() {
    const query = this.query();
    query.delete("select");
    query.delete("cross");
    query.sort();
    return query.toString();
  }

  /** Return the query of the URL, with commas unescaped. */
  address() {
    return this.query().toString().replaceAll("%2C", ",");
  }
}

function list(text) {
  return (text ?? "").split(",").filter(Boolean);
}
