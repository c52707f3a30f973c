// The panel of what is selected: its card uncut, who it reports to, and who reports to it.
import { element } from "../static/dom.js";

export class Details {
  constructor(container, { data, texts, number, actions }) {
    Object.assign(this, { container, data, texts, number, actions });
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leave();
    });
  }

  /** Show an entry of the chart, or nothing. */
  show(node) {
    this.container.hidden = !node;
    if (!node) return;
    // What holds the focus goes with the old content; the panel itself stays and keeps it.
    const active = document.activeElement;
    const hadFocus = active !== this.container && this.container.contains(active);
    this.container.replaceChildren(...this.content(node));
    this.container.scrollTop = 0;
    if (hadFocus) this.container.querySelector(".close").focus();
  }

  /** Keep the fold button true after the chart has changed. */
  refresh(node) {
    const button = this.container.querySelector(".toggle");
    if (button && node) button.textContent = node.open ? this.texts.fold : this.texts.unfold;
  }

  focus() {
    if (!this.container.hidden) this.container.focus({ preventScroll: true });
  }

  /** A file has no other views to go to. */
  go() {}

  leave() {
    this.actions.select(null);
    document.querySelector("[role=treeitem][tabindex='0']")?.focus();
  }

  content(node) {
    const { entry } = node;
    const { unit, title, figures } = entry.full;
    const close = element("button", { type: "button", class: "close", "aria-label": this.texts.closePanel }, "×");
    close.addEventListener("click", () => this.leave());
    return [
      close,
      element("h2", {}, title),
      element("p", {}, unit),
      holder(entry),
      ...(node.reports ? [this.toggle(node)] : []),
      ...(entry.note ? [element("p", { class: "quiet" }, entry.note)] : []),
      ...(figures ? [element("h3", {}, this.texts.figures), element("p", { class: "panel-figures" }, figures)] : []),
      ...this.list(this.texts.chain, "ol", entry.parent ? this.data.chain(entry) : [], 0),
      ...this.list(`${this.texts.reports} (${this.number(entry.below)})`, "ul", this.data.reports(entry), entry.left),
    ];
  }

  toggle(node) {
    const button = element("button", { type: "button", class: "toggle" }, node.open ? this.texts.fold : this.texts.unfold);
    button.addEventListener("click", () => this.actions.toggle(node.id));
    return element("p", { class: "actions" }, button);
  }

  /** A list of entries, and how many more of them are not in the file. */
  list(heading, kind, entries, left) {
    if (!entries.length && !left) return [];
    const items = entries.map((one) => element("li", {}, this.link(one)));
    if (left) items.push(element("li", { class: "quiet" }, this.texts.elsewhere.replace("{n}", this.number(left))));
    const list = element(kind, { class: kind === "ol" ? "panel-chain" : "panel-list" }, ...items);
    return [element("h3", {}, heading), list];
  }

  link(entry) {
    const link = element("a", { href: "#tree" }, entry.full.title);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.actions.find(entry);
    });
    const line = element("span", {}, link);
    if (entry.name) line.append(`, ${entry.name}`);
    if (entry.chip) line.append(" ", chip(entry));
    // Many posts of a family have one title: the unit tells them apart.
    line.append(" ", element("span", { class: "quiet" }, entry.full.unit));
    return line;
  }
}

function holder(entry) {
  const parts = [
    ...(entry.name ? [element("strong", {}, entry.name)] : []),
    ...(entry.chip ? [chip(entry)] : []),
  ];
  if (entry.isChipFirst) parts.reverse();
  return element("p", {}, ...parts.flatMap((part) => [part, " "]));
}

function chip(entry) {
  return element("span", { class: `chip chip-${entry.status}` }, entry.chip);
}
