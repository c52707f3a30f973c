// The chart as a tree (WAI-ARIA tree pattern): the same posts, by keyboard and for screen readers.
import { element } from "./dom.js";

export class Tree {
  constructor(container, actions) {
    this.container = container;
    this.actions = actions;
    this.items = new Map();
    this.nodes = new Map();
    this.active = null;
    this.typed = "";
    container.addEventListener("keydown", (event) => this.key(event));
    container.addEventListener("click", (event) => this.click(event));
    container.addEventListener("focusin", (event) => {
      const item = event.target.closest("[role=treeitem]");
      if (!item) return;
      if (item.dataset.id !== this.active) this.activate(item.dataset.id, false);
      actions.hover(item.dataset.id, false);
    });
    container.addEventListener("focusout", () => actions.hover(null, false));
  }

  /** Show posts in reading order; the focus stays on its post. */
  show(nodes, notes, selected) {
    this.notes = notes;
    const hadFocus = this.container.contains(document.activeElement);
    const wanted = this.nearestShown(this.active, new Set(nodes.map((node) => node.id)));
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.items.clear();
    const root = element("ul", { role: "tree", "aria-label": this.container.getAttribute("aria-label") });
    const lists = new Map([[null, root]]);
    const siblings = new Map();
    for (const node of nodes) siblings.set(node.parent, (siblings.get(node.parent) ?? 0) + 1);
    const seen = new Map();
    for (const node of nodes) {
      seen.set(node.parent, (seen.get(node.parent) ?? 0) + 1);
      const item = this.item(node, seen.get(node.parent), siblings.get(node.parent));
      lists.get(node.parent).append(item);
      this.items.set(node.id, item);
      if (node.open) {
        const list = element("ul", { role: "group" });
        item.append(list);
        lists.set(node.id, list);
      }
    }
    this.container.replaceChildren(...(nodes.length ? [root] : []));
    this.mark(selected);
    const other = this.items.has(selected) ? selected : nodes[0]?.id ?? null;
    this.activate(wanted ?? other, hadFocus);
  }

  /** Return an item, or its nearest ancestor that is still shown. */
  nearestShown(id, shown) {
    let here = id;
    while (here && !shown.has(here)) here = this.nodes.get(here)?.parent;
    return here ?? null;
  }

  mark(id) {
    for (const [key, item] of this.items) item.setAttribute("aria-selected", String(key === id));
  }

  item(node, position, size) {
    const { full } = node.card;
    const labelId = `tree-${node.id}`;
    const item = element("li", {
      role: "treeitem", tabindex: "-1", "data-id": node.id, "aria-labelledby": labelId,
      "aria-level": node.layer + 1, "aria-posinset": position, "aria-setsize": size, "aria-selected": "false",
    });
    if (node.reports) item.setAttribute("aria-expanded", String(node.open));
    const toggle = node.reports
      ? element("span", { class: "tree-toggle", "aria-hidden": "true" }, node.open ? "−" : "+")
      : element("span", { class: "tree-leaf" });
    const label = element("span", { class: "tree-post", id: labelId });
    const parts = [
      ["tree-title", full.title], ["tree-holder", full.holder],
      ["tree-unit", full.unit], ["tree-figures", full.figures], ["tree-note", this.notes[node.id]],
    ];
    for (const [name, text] of parts) if (text) label.append(element("span", { class: name }, text), " ");
    item.append(element("div", { class: "tree-row" }, toggle, label));
    return item;
  }

  select(id) {
    this.mark(id);
    if (this.items.has(id)) {
      this.activate(id, false);
      this.bringIntoSight(this.items.get(id).firstChild);
    }
  }

  /** Scroll the list if it is scrollable, never the page. */
  bringIntoSight(row) {
    if (this.container.scrollHeight <= this.container.clientHeight) return;
    const [box, at] = [this.container.getBoundingClientRect(), row.getBoundingClientRect()];
    if (at.top < box.top) this.container.scrollTop += at.top - box.top;
    else if (at.bottom > box.bottom) this.container.scrollTop += at.bottom - box.bottom;
  }

  focusActive() {
    this.focus(this.active);
  }

  focus(id) {
    if (this.items.has(id)) this.activate(id, true);
  }

  /** Make one item the tree's tab stop. */
  activate(id, takeFocus) {
    this.items.get(this.active)?.setAttribute("tabindex", "-1");
    this.active = id;
    const item = this.items.get(id);
    if (!item) return;
    item.setAttribute("tabindex", "0");
    if (takeFocus) item.focus({ preventScroll: false });
  }

  click(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    const id = item.dataset.id;
    this.activate(id, true);
    if (event.target.closest(".tree-toggle")) this.actions.toggle(id);
    else this.choose(id);
  }

  /** Select a post, or show more of the posts that an item represents. */
  choose(id) {
    const node = this.nodes.get(id);
    const isSelected = this.items.get(id).getAttribute("aria-selected") === "true";
    if (node.more) this.actions.more(node);
    else if (isSelected) this.actions.read();
    else this.actions.select(id);
  }

  key(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = item.dataset.id;
    const node = this.nodes.get(id);
    const order = [...this.items.keys()];
    const at = order.indexOf(id);
    const moves = {
      ArrowDown: () => this.focus(order[at + 1]),
      ArrowUp: () => this.focus(order[at - 1]),
      Home: () => this.focus(order[0]),
      End: () => this.focus(order.at(-1)),
      ArrowRight: () => (node.open ? this.focus(order[at + 1]) : this.actions.toggle(id)),
      ArrowLeft: () => (node.open ? this.actions.toggle(id) : this.focus(node.parent)),
      Enter: () => this.choose(id),
      " ": () => this.choose(id),
    };
    if (event.shiftKey && moves[event.key]) return;
    const isLetter = /^\p{L}$/u.test(event.key);
    if (isLetter) {
      // A letter that starts no title is handled by the page's shortcuts.
      if (this.type(event.key, order, at)) event.preventDefault();
      return;
    }
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  /** Go to the next post whose title starts with the typed text. */
  type(letter, order, at) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.typed = ""; }, 700);
    this.typed += letter.toLocaleLowerCase();
    const start = this.typed.length === 1 ? at + 1 : at;
    const turned = [...order.slice(start), ...order.slice(0, start)];
    const found = turned.find((id) => this.nodes.get(id).label.toLocaleLowerCase().startsWith(this.typed));
    if (found) this.focus(found);
    else this.typed = "";
    return Boolean(found);
  }
}
