// The entries that were selected last, in the menu. Only their ids are kept, in this browser.
import { element, kept } from "./dom.js";

const MOST = 8;

export class Seen {
  constructor(box, explorer) {
    this.box = box;
    this.explorer = explorer;
    const { organisation, isPosts } = explorer.page;
    this.name = `seen:${organisation}:${isPosts ? "posts" : "units"}`;
    this.list = box.querySelector("#seen-list");
    box.querySelector("#seen-clear").addEventListener("click", () => {
      kept.set(this.name, null);
      box.hidden = true;
      explorer.say(explorer.page.texts.cleared);
    });
    const menu = box.closest("details");
    menu?.addEventListener("toggle", () => {
      if (menu.open) this.show();
    });
    box.hidden = !this.ids().length;
  }

  ids() {
    try {
      const found = JSON.parse(kept.get(this.name) ?? "[]");
      return Array.isArray(found) ? found.filter((id) => typeof id === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  }

  note(id) {
    kept.set(this.name, JSON.stringify([id, ...this.ids().filter((one) => one !== id)].slice(0, MOST)));
    this.box.hidden = false;
  }

  /** List the entries by their titles, fetched where they are not on the chart. */
  async show() {
    const found = await Promise.all(this.ids().map(async (id) => [id, await this.titleOf(id)]));
    this.list.replaceChildren(...found.filter(([, title]) => title).map(([id, title]) => {
      const button = element("button", { type: "button", class: "plain-button" }, title);
      button.addEventListener("click", () => {
        this.box.closest("details").open = false;
        this.explorer.find(id);
      });
      return element("li", {}, button);
    }));
  }

  async titleOf(id) {
    const full = this.explorer.byId.get(id)?.card.full;
    if (full) return `${full.title}, ${full.unit}`;
    try {
      const { title, where } = await this.explorer.source.entry(id);
      return `${title.text}, ${where.text}`;
    } catch {
      return null; // The data no longer have it.
    }
  }
}
