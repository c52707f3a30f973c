// The side panel: a summary of the selected post, with sources and a link to its page.
import { element } from "./dom.js";

export class Panel {
  constructor(container, texts, source, actions, close) {
    this.container = container;
    this.texts = texts;
    this.source = source;
    this.actions = actions;
    this.close = close;
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leave();
    });
  }

  /** Show a post, or nothing. */
  async show(id, node) {
    this.id = id;
    if (!id) {
      this.container.hidden = true;
      return;
    }
    if (this.container.hidden) this.open(node);
    this.container.setAttribute("aria-busy", "true");
    let post;
    try {
      post = await this.source.entry(id);
    } catch {
      post = null;
    }
    if (this.id !== id) return; // another post was selected meanwhile
    // The focused element is removed with the old content, so the panel itself takes the focus.
    const active = document.activeElement;
    const hadFocus = active !== this.container && this.container.contains(active);
    this.container.replaceChildren(...(post ? this.content(post, node) : this.failed()));
    if (hadFocus) this.container.querySelector(".close").focus();
    this.container.removeAttribute("aria-busy");
    this.container.scrollTop = 0;
  }

  /** Open with the card's data, so that the chart can adjust to the panel at once. */
  open(node) {
    this.container.replaceChildren(this.closeButton(), element("h2", {}, node?.label ?? ""), waiting(this.texts));
    this.container.hidden = false;
  }

  /** Update the fold button after the chart has changed. */
  refresh(node) {
    const button = this.container.querySelector(".toggle");
    if (button && node) button.textContent = this.toggleText(node);
  }

  focus() {
    if (!this.container.hidden) this.container.focus({ preventScroll: true });
  }

  /** Open the focus view or the chain of a post. */
  go(id, view) {
    this.source.open(id, view);
  }

  leave() {
    this.close();
    document.querySelector("[role=treeitem][tabindex='0']")?.focus();
  }

  failed() {
    return [this.closeButton(), element("p", {}, this.texts.failed)];
  }

  closeButton() {
    const button = element("button", { type: "button", class: "close", "aria-label": this.texts.closePanel }, "×");
    button.addEventListener("click", () => this.leave());
    return button;
  }

  content(post, node) {
    return [
      this.closeButton(),
      element("h2", {}, phrase(post.title)),
      element("p", {}, phrase(post.where)),
      this.holder(post),
      ...(post.note ? [element("p", { class: "quiet" }, post.note)] : []),
      this.buttons(post, node),
      this.views(post),
      ...this.figures(post),
      ...post.lists.flatMap((list) => this.list(list)),
      ...this.groups(post),
    ];
  }

  holder(post) {
    const parts = [];
    if (post.holder) parts.push(element("strong", {}, post.holder));
    if (post.chip) parts.push(element("span", { class: `chip chip-${post.status}` }, post.chip));
    if (post.is_chip_first) parts.reverse();
    const line = element("p", {}, ...parts.flatMap((part) => [part, " "]));
    if (post.holder_trace) line.append(this.details(post.holder_trace));
    return line;
  }

  buttons(post, node) {
    const line = element("p", { class: "actions" });
    if (post.href) line.append(element("a", { class: "button", href: post.href }, post.open_words));
    if (node?.reports) {
      const button = element("button", { type: "button", class: "toggle" }, this.toggleText(node));
      button.addEventListener("click", () => this.actions.toggle(this.id));
      line.append(button);
    }
    return line;
  }

  toggleText(node) {
    return node.open ? this.texts.fold : this.texts.unfold;
  }

  figures(post) {
    if (post.figure_words) {
      return [element("h3", {}, this.texts.figures), element("p", { class: "panel-figures" }, post.figure_words)];
    }
    if (!post.figures.length) return [];
    const list = element("dl", {});
    for (const figure of post.figures) {
      const value = element("dd", {}, element("strong", {}, figure.words), " ");
      if (figure.between) value.append(element("span", { class: "quiet" }, figure.between), " ");
      value.append(this.details(figure.trace));
      list.append(element("dt", {}, figure.label), value);
    }
    return [element("h3", {}, this.texts.figures), list];
  }

  /** The links to the views of the post. */
  views(post) {
    return element("p", { class: "panel-views" },
      ...post.actions.flatMap((view) => [element("a", { href: view.href }, view.name), " "]));
  }

  list({ heading, count, items, is_ordered: isOrdered, more }) {
    const list = element(isOrdered ? "ol" : "ul", { class: isOrdered ? "panel-chain" : "panel-list" });
    items.forEach((one, i) => {
      const item = element("li", {}, one.is_here ? this.link(one.link) : plainLink(one.link));
      if (one.note) item.append(" ", element("span", { class: "inherited" }, one.note));
      if (one.where) item.append(" ", element("span", { class: "quiet" }, one.where));
      const line = items[i + 1]?.line;
      if (line) item.append(" ", this.details(line));
      list.append(item);
    });
    if (more) list.append(element("li", { class: "quiet" }, more));
    return [element("h3", {}, count ? `${heading} (${count})` : heading), list];
  }

  groups(post) {
    if (!post.groups.length) return [];
    const items = post.groups.map(([name, href]) => element("li", {}, element("a", { href }, name)));
    return [element("h3", {}, `${this.texts.groups} (${items.length})`), element("ul", { class: "panel-list" }, ...items)];
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

  details(trace) {
    const body = element("div", { class: "source-body" });
    for (const step of trace.steps) {
      if (step.text) body.append(element("p", {}, step.text));
      if (step.posts.length) {
        body.append(element("ul", { class: "counted" }, ...step.posts.map((post) => element("li", {}, phrase(post.title), ", ", phrase(post.unit)))));
      }
      if (step.quotes.length) body.append(element("ul", { class: "quotes" }, ...step.quotes.map(quote)));
    }
    if (!trace.steps.length) body.append(element("p", {}, this.texts.notSaid));
    return element("details", { class: `source source-${trace.origin}`, name: "source" },
      element("summary", {}, trace.origin_words), body);
  }
}

/** A placeholder for content being fetched. */
function waiting(texts) {
  return element("div", { class: "waiting" }, element("p", { class: "visually-hidden" }, texts.loading),
    ...[0, 1, 2, 3].map((n) => element("div", { class: `waiting-line waiting-${n}` })));
}

function plainLink(post) {
  return withHolder(element("a", { href: post.href }, phrase(post.title)), post);
}

function withHolder(link, post) {
  const line = element("span", {}, link);
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
