// The search box (WAI-ARIA combobox with a grouped list box): what is found while one types, by kinds.
// Without hits, and without this script, the form is sent to the page of results.
import { element } from "./dom.js";
import { isTyping, keysAreOff } from "./keys.js";

const DELAY = 100;

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
  constructor(form, find, choose) {
    Object.assign(this, { form, find, chosen: choose, words: form.dataset });
    this.input = form.querySelector("input[type=search]");
    this.list = form.querySelector("[role=listbox]");
    this.status = form.querySelector("[role=status]");
    this.at = -1;
    this.choices = [];
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => { if (this.input.value.trim() && !this.choices.length) this.later(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) this.close(); });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose(Number(item.dataset.at));
    });
    // A page without a server cannot send the form.
    this.canSend = form.hasAttribute("action");
    form.addEventListener("submit", (event) => this.submit(event));
  }

  submit(event) {
    if (this.isPending || this.choices.length || !this.canSend) event.preventDefault();
    if (this.isPending) {
      // Enter after fast typing refers to what is still being fetched.
      this.ask().then(() => {
        if (this.choices.length) this.choose(0);
        else if (this.canSend) this.form.submit();
      });
    } else if (this.choices.length) {
      this.choose(Math.max(0, this.at));
    }
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
      this.forget();
      return;
    }
    try {
      const found = await this.find(query);
      if (query !== this.input.value.trim()) return;
      this.isPending = false;
      this.show(found);
    } catch {
      this.forget(); // the form can still be sent
      this.status.textContent = this.words.failed ?? "";
    }
  }

  forget() {
    this.isPending = false;
    this.choices = [];
    this.close();
  }

  show(found) {
    this.at = -1;
    this.choices = [];
    const parts = found.groups.map((group) => this.group(group.words, group.hits, group.count));
    if (found.near.length) parts.push(this.group(this.words.near, found.near));
    if (found.note) parts.unshift(element("p", { class: "hit-note", role: "presentation" }, found.note));
    const isAll = found.groups.every((group) => group.count === group.hits.length);
    if (this.words.all && found.all_href && !isAll) {
      this.choices.push({ href: found.all_href });
      parts.push(this.option(element("span", { class: "hit-all" }, this.words.all)));
    }
    this.list.replaceChildren(...parts);
    if (document.activeElement !== this.input) return;
    this.open();
    this.status.textContent = found.note || found.count_words;
  }

  group(words, hits, count) {
    const id = `${this.list.id}-group-${this.choices.length}`;
    const options = hits.map((hit) => {
      this.choices.push(hit);
      return this.option(...lines(hit));
    });
    const heading = element("div", { class: "hit-group", role: "presentation", id }, words);
    if (count > hits.length) heading.append(" ", element("span", { class: "group-count" }, count.toLocaleString(document.documentElement.lang)));
    return element("div", { role: "group", "aria-labelledby": id }, heading, ...options);
  }

  /** Return the option of the choice added last. */
  option(...parts) {
    const at = this.choices.length - 1;
    return element("div", { role: "option", id: `${this.list.id}-${at}`, "data-at": at, "aria-selected": "false" }, ...parts);
  }

  open() {
    this.list.hidden = false;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const last = this.choices.length - 1;
    const moves = {
      ArrowDown: () => this.mark(this.at < last ? this.at + 1 : 0),
      ArrowUp: () => this.mark(this.at > 0 ? this.at - 1 : last),
      Escape: () => this.close(),
    };
    if (!moves[event.key] || (event.key === "Escape" ? this.list.hidden : last < 0)) return;
    event.preventDefault();
    moves[event.key]();
  }

  mark(at) {
    if (this.list.hidden) this.open();
    this.at = at;
    for (const item of this.list.querySelectorAll("[role=option]")) {
      const isMarked = Number(item.dataset.at) === at;
      item.setAttribute("aria-selected", String(isMarked));
      if (!isMarked) continue;
      item.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", item.id);
    }
  }

  choose(at) {
    const choice = this.choices[at];
    if (!choice) return;
    this.close();
    if (choice.kind) this.chosen(choice);
    else location.assign(choice.href);
  }
}

/** Return what is told of a hit, with what matched marked. */
function lines(hit) {
  const found = [element("span", { class: "hit-title" }, ...pieces(hit.marked.title))];
  if (hit.detail) found.push(element("span", { class: "hit-detail" }, ...pieces(hit.marked.detail)));
  if (hit.organisation) found.push(element("span", { class: "hit-detail" }, hit.organisation));
  if (hit.matched) found.push(element("span", { class: "hit-matched" }, ...pieces(hit.marked.matched)));
  return found.flatMap((one) => [one, " "]);
}

function pieces({ parts, lang }) {
  const found = parts.map((part, i) => (i % 2 ? element("mark", {}, part) : part));
  return lang ? [element("span", { lang }, ...found)] : found;
}

/** Go to a hit: in the chart of the page if that shows it, else to its page. */
function go(hit) {
  const isInChart = !hit.organisation && (hit.kind === "post" || hit.kind === "unit");
  if (window.explorer && isInChart) window.explorer.found(hit);
  else location.assign(hit.href);
}

/** Let the key "/" go to a search field, as keys.js lets other keys. */
export function connectSlash(input) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (keysAreOff() || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

const form = document.querySelector("form.search[data-hits]");
if (form) {
  connectSlash(form.querySelector("input[type=search]"));
  new Search(form, hitsFrom(form.dataset.hits), go);
}
