// The panel: it takes its own room beside the chart, or on a phone is a sheet from below.
import { element } from "./dom.js";
import { PanelContent } from "./panel_content.js";
import { Sheet } from "./sheet.js";

export class Panel {
  constructor(container, texts, source, actions) {
    this.container = container;
    this.texts = texts;
    this.source = source;
    this.actions = actions;
    this.sheet = new Sheet(container, texts, () => this.leave());
    this.contents = new PanelContent(texts, actions);
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.leave();
    });
    window.addEventListener("online", () => {
      if (this.hasFailed) this.show(this.id, this.node);
    });
  }

  /** Show a post, or nothing. */
  async show(id, node) {
    Object.assign(this, { id, node, hasFailed: false });
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
    this.hasFailed = !post;
    // The focused element is removed with the old content, so the panel itself takes the focus.
    const active = document.activeElement;
    const hadFocus = active !== this.container && this.container.contains(active);
    this.fill(...(post ? this.contents.of(post, this.node) : this.failed()));
    if (hadFocus) this.container.querySelector(".close").focus();
    this.container.removeAttribute("aria-busy");
    this.container.scrollTop = 0;
  }

  /** Open with the card's data, so that the chart can adjust to the panel at once. */
  open(node) {
    const active = document.activeElement;
    this.before = active === document.body ? null : active;
    this.sheet.lower();
    this.fill(element("h2", {}, node?.label ?? ""), waiting(this.texts));
    this.container.hidden = false;
  }

  fill(...content) {
    this.container.replaceChildren(this.sheet.handle, this.closeButton(), ...content);
  }

  /** Update the fold button after the chart has changed. */
  refresh(node) {
    if (node) this.node = node;
    const button = this.container.querySelector(".toggle");
    if (button && node) button.textContent = this.contents.toggleText(node);
  }

  focus() {
    if (!this.container.hidden) this.container.focus({ preventScroll: true });
  }

  /** Open the focus view or the chain of a post. */
  go(id, view) {
    this.source.open(id, view);
  }

  /** Close; the focus goes to the list if it is open, else to where it was. */
  leave() {
    const { before } = this;
    this.actions.close();
    const item = document.querySelector("[role=treeitem][tabindex='0']");
    const target = [item, before, document.getElementById("view")].find((one) => one?.checkVisibility());
    target?.focus({ preventScroll: true });
  }

  failed() {
    const again = element("button", { type: "button" }, this.texts.retry);
    again.addEventListener("click", () => this.show(this.id, this.node));
    return [element("h2", {}, this.node?.label ?? ""), element("p", {}, this.texts.failed), element("p", {}, again)];
  }

  closeButton() {
    const button = element("button", { type: "button", class: "close", "aria-label": this.texts.closePanel }, "×");
    button.addEventListener("click", () => this.leave());
    return button;
  }
}

/** A placeholder for content being fetched. */
function waiting(texts) {
  return element("div", { class: "waiting" }, element("p", { class: "visually-hidden" }, texts.loading),
    ...[0, 1, 2, 3].map((n) => element("div", { class: `waiting-line waiting-${n}` })));
}
