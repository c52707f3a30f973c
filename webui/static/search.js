// Search while typing (WAI-ARIA combobox with a list box); without hits the form is sent.
import { element } from "./dom.js";

const DELAY = 120;

/** Return a function that requests the hits of a query from a URL. */
export function hitsFrom(address) {
  return async (query) => {
    const asked = new URL(address, location.href);
    asked.searchParams.set("q", query);
    const answer = await fetch(asked);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
}

export class Search {
  /** `find` returns the hits of a query or a promise; `choose` is called with the chosen hit. */
  constructor(form, find, texts, choose) {
    this.texts = texts;
    this.find = find;
    this.chosen = choose;
    this.input = form.querySelector("input[type=search]");
    this.list = form.querySelector("[role=listbox]");
    this.status = document.getElementById("status") ?? form.querySelector("[role=status]");
    this.at = -1;
    this.hits = [];
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item) this.choose(Number(item.dataset.at));
    });
    // A page without a server cannot send the form.
    const canSend = form.hasAttribute("action");
    form.addEventListener("submit", (event) => {
      if (this.isPending || this.hits.length || !canSend) event.preventDefault();
      if (this.isPending) {
        // Enter after fast typing refers to the hit that is still being fetched.
        this.ask().then(() => {
          if (this.hits.length) this.choose(0);
          else if (canSend) form.submit();
        });
      } else if (this.hits.length) {
        this.choose(Math.max(0, this.at));
      }
    });
  }

  later() {
    clearTimeout(this.timer);
    this.isPending = true;
    this.timer = setTimeout(() => this.ask(), DELAY);
  }

  async ask() {
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    if (!query) {
      this.isPending = false;
      this.hits = [];
      this.close();
      return;
    }
    try {
      const found = await this.find(query);
      if (query !== this.input.value.trim()) return;
      this.isPending = false;
      this.show(found);
    } catch {
      this.isPending = false;
      this.hits = [];
      this.close(); // the form can still be sent
      if (this.texts.failed) this.status.textContent = this.texts.failed;
    }
  }

  show(found) {
    this.hits = found.hits;
    this.at = -1;
    const items = found.hits.map((hit, i) => {
      const item = element("li", { role: "option", id: `${this.list.id}-${i}`, "data-at": i, "aria-selected": "false" },
        element("span", { class: "hit-title" }, hit.post.title.text));
      const who = [hit.post.holder, hit.post.status_words].filter(Boolean).join(", ");
      if (who) item.append(`, ${who}`);
      item.append(`, ${hit.post.unit.text}`, element("span", { class: "hit-chain" }, hit.chain));
      return item;
    });
    if (found.count > found.hits.length) items.push(element("li", { class: "hit-more", role: "option", "aria-disabled": "true", "aria-selected": "false" }, found.count_words));
    if (!found.hits.length) items.push(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, this.texts.noHits));
    this.list.replaceChildren(...items);
    if (document.activeElement !== this.input) return;
    this.open();
    this.status.textContent = found.hits.length ? found.count_words : this.texts.noHits;
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const last = this.hits.length - 1;
    const moves = {
      ArrowDown: () => this.mark(this.at < last ? this.at + 1 : 0),
      ArrowUp: () => this.mark(this.at > 0 ? this.at - 1 : last),
      Escape: () => this.close(),
    };
    if (!moves[event.key] || (event.key !== "Escape" && last < 0)) return;
    event.preventDefault();
    moves[event.key]();
  }

  mark(at) {
    this.open();
    this.at = at;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    const item = this.list.children[at];
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  choose(at) {
    const hit = this.hits[at];
    if (!hit) return;
    this.close();
    this.chosen(hit);
  }
}
