// What the panel says of a post or a unit, each fact with its source.
import { element } from "./dom.js";

export class PanelContent {
  constructor(texts, actions) {
    this.texts = texts;
    this.actions = actions;
  }

  /** Return the elements that say it. */
  of(post, node) {
    this.reportHref = post.report_href;
    const superior = post.superior ? this.list({ heading: this.texts.reportsTo, items: [post.superior] }) : [];
    const [first, later] = [true, false].map((isFirst) => post.lists.filter((list) => Boolean(list.is_first) === isFirst));
    return [
      element("h2", {}, phrase(post.title)),
      element("p", { class: "panel-where" }, phrase(post.where)),
      this.holder(post),
      ...[post.note, post.age].filter(Boolean).map((words) => element("p", { class: "quiet panel-note" }, words)),
      this.buttons(post, node),
      ...(superior.length ? [element("div", {}, ...superior)] : []),
      ...this.tiles(post),
      element("div", { class: "panel-rest" },
        ...first.flatMap((list) => this.list(list)),
        ...this.groups(post),
        ...this.figures(post),
        ...later.flatMap((list) => this.list(list)),
        ...this.views(post)),
    ];
  }

  holder(post) {
    const parts = [];
    if (post.holder) parts.push(element("strong", {}, post.holder));
    if (post.chip) parts.push(element("span", { class: `chip chip-${post.status}` }, post.chip));
    if (post.is_chip_first) parts.reverse();
    const line = element("p", { class: "panel-holder" }, ...parts.flatMap((part) => [part, " "]));
    if (post.holder_trace) line.append(this.details(post.holder_trace));
    return line;
  }

  buttons(post, node) {
    const line = element("p", { class: "actions" });
    if (post.href) line.append(element("a", { class: "tool go", href: post.href }, post.open_words));
    for (const { name, href } of post.buttons ?? []) line.append(element("a", { class: "tool", href }, name));
    if (node?.reports) {
      const button = element("button", { type: "button", class: "tool toggle" }, this.toggleText(node));
      button.addEventListener("click", () => this.actions.toggle(node.id));
      line.append(button);
    }
    return line;
  }

  toggleText(node) {
    return node.open ? this.texts.fold : this.texts.unfold;
  }

  /** The figures that matter most, each large in a tile. */
  tiles(post) {
    if (post.figure_words) {
      return [element("h3", {}, this.texts.figures), element("p", { class: "panel-figures" }, post.figure_words)];
    }
    if (!post.tiles?.length) return [];
    return [element("dl", { class: "tiles" }, ...post.tiles.map(({ value, about, trace }) => element("div", {},
      element("dt", {}, about), element("dd", {}, element("strong", { class: trace.origin }, value)), this.details(trace, "dd"))))];
  }

  figures(post) {
    if (!post.figures.length) return [];
    const list = element("dl", { class: "panel-facts" });
    for (const figure of post.figures) {
      const value = element("dd", {}, element("strong", {}, figure.words), " ");
      if (figure.between) value.append(element("span", { class: "quiet" }, figure.between), " ");
      value.append(this.details(figure.trace));
      list.append(element("dt", {}, figure.label), value);
    }
    return [element("h3", {}, this.texts.figures), list];
  }

  /** The links to the other views of the post. */
  views(post) {
    if (!post.actions.length) return [];
    return [element("h3", {}, this.texts.moreViews), element("p", { class: "panel-views" },
      ...post.actions.flatMap((view) => [element("a", { href: view.href }, view.name), " "]))];
  }

  list({ heading, count, items, is_ordered: isOrdered, more }) {
    const list = element(isOrdered ? "ol" : "ul", { class: isOrdered ? "people panel-chain" : "people" });
    items.forEach((one, i) => {
      const words = element("div", {}, one.is_here ? this.link(one.link) : plainLink(one.link));
      for (const [name, text] of [["inherited", one.note], ["quiet", one.where ?? one.link.unit?.text]]) {
        if (text) words.append(element("span", { class: name }, text));
      }
      const line = isOrdered ? items[i + 1]?.line : one.line;
      if (line) words.append(this.details(line));
      list.append(element("li", {}, circle(one.link.initials), words));
    });
    if (more) list.append(element("li", { class: "quiet" }, more));
    return [element("h3", {}, count ? `${heading} (${count})` : heading), list];
  }

  groups(post) {
    if (!post.groups.length) return [];
    const items = post.groups.map(({ name, href, size, about }) => element("li", {}, circle(size),
      element("div", {}, element("a", { href }, name), ...(about ? [element("span", { class: "quiet" }, about)] : []))));
    return [element("h3", {}, `${this.texts.groups} (${items.length})`), element("ul", { class: "people" }, ...items)];
  }

  /** A link to a post; a plain click selects it in the chart. */
  link(post) {
    const link = element("a", { href: post.href }, phrase(post.title));
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.actions.find(post.id);
    });
    return withHolder(link, post);
  }

  /** The origin of a fact, which opens to the sources. */
  details(trace, name = "") {
    const body = element("div", { class: "source-body" });
    for (const step of trace.steps) {
      if (step.text) body.append(element("p", {}, step.text));
      if (step.posts.length) {
        body.append(element("ul", { class: "counted" }, ...step.posts.map((post) => element("li", {}, phrase(post.title), ", ", phrase(post.unit)))));
      }
      if (step.quotes.length) body.append(element("ul", { class: "quotes" }, ...step.quotes.map(quote)));
    }
    if (!trace.steps.length) body.append(element("p", {}, this.texts.notSaid));
    if (this.reportHref) body.append(element("p", { class: "report" }, element("a", { href: this.reportHref, rel: "noreferrer" }, this.texts.report)));
    const box = element("details", { class: `source source-${trace.origin}`, name: "source" },
      element("summary", {}, trace.origin_words), body);
    return name ? element(name, {}, box) : box;
  }
}

/** A round mark before an entry; a dot where there is nothing to say. */
function circle(text) {
  return element("span", { class: "circle", "aria-hidden": "true" }, text || "·");
}

function plainLink(post) {
  return withHolder(element("a", { href: post.href }, phrase(post.title)), post);
}

function withHolder(link, post) {
  const line = element("span", { class: "person" }, link);
  if (post.holder) line.append(`, ${post.holder}`);
  if (post.status_words) line.append(" ", element("span", { class: `chip chip-${post.status}` }, post.status_words));
  return line;
}

function phrase(value) {
  return value.lang ? element("span", { lang: value.lang }, value.text) : value.text;
}

function quote(one) {
  const item = element("li", {});
  if (one.words) item.append(element("q", { lang: "da" }, one.words), ", ");
  item.append(phrase(one.source));
  if (one.place) item.append(`, ${one.place}`);
  return item;
}
