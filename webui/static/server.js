// The explorer's source with a server: charts and panels are fetched, the state is in the URL, and the
// controls change it.
import { watchConnection } from "./connection.js";
import { Controls } from "./controls.js";
import { Refusal } from "./explorer.js";
import { State } from "./state.js";
import { Steps } from "./steps.js";
import "./sources.js";

/** The server's statuses for a URL that is too long, and for an invalid one. */
const TOO_LONG = 414, REFUSED = 400;
const SETTLED_MS = 300;
/** A window whose width or height changes by less than this keeps its arrangement. */
const OTHER_SHAPE = 0.15;

export class ServerSource {
  constructor(page) {
    this.page = page;
    this.room = window.chartView.room;
  }

  firstState() {
    return new State(location.search, this.page.selected);
  }

  begin(explorer) {
    this.explorer = explorer;
    watchConnection(this.page.texts);
    this.steps = new Steps(
      () => explorer.canvas.look(),
      (address, look) => explorer.goBack(stateOf(address), look));
    const { state } = explorer;
    const look = this.steps.lookBefore();
    if (state.selected) {
      // As opened by the server: ancestors stay open when something else changes.
      state.reveal(explorer.byId, state.selected);
      explorer.select(state.selected, { isStep: false });
    }
    if (look) explorer.canvas.glide(look);
    this.followWindow();
  }

  /** Arrange the chart anew for a window of another shape. */
  followWindow() {
    let timer;
    window.addEventListener("resize", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const [now, asked] = [window.chartView.roomNow(), this.room];
        const isOther = (name) => Math.abs(now[name] / asked[name] - 1) > OTHER_SHAPE;
        if (this.explorer.state.selected || !(isOther("width") || isOther("height"))) return;
        this.room = now;
        this.explorer.wide(() => {}, { isStep: false });
      }, SETTLED_MS);
    });
  }

  async chart(state, revealed) {
    const query = state.query();
    // The server reveals a selected entry; folding must be able to hide it.
    query.delete("select");
    if (revealed) query.set("select", revealed);
    const asked = new URLSearchParams(query);
    if (this.room.name) asked.set("room", this.room.name);
    const answer = await fetch(`${this.page.addresses.chart.split("?")[0]}?${asked}`);
    if (answer.status === TOO_LONG) throw new Refusal(this.page.texts.tooLong);
    // The data have changed since the page was loaded: the server lists what no longer exists.
    if (answer.status === REFUSED) {
      location.assign(`?${query}`);
      return null;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async entry(id) {
    const answer = await fetch(this.address("entry", id));
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  /** Open the focus view or the chain of a post; units have neither. */
  open(id, view) {
    if (this.page.addresses[view]) location.assign(this.address(view, id));
  }

  address(name, id) {
    return this.page.addresses[name].replace("__id__", encodeURIComponent(id));
  }

  tell(data) {
    this.controls ??= new Controls({
      apply: (values) => this.apply(values),
      reload: (values) => this.reload(values),
      reset: () => this.explorer.wide((state) => state.reset()),
    });
    this.controls.tell(data);
  }

  restore(state) {
    this.controls.restore(state.params);
  }

  /** Set the state of the controls; fit the result of a filter and state what is hidden. */
  async apply(values) {
    const { explorer } = this;
    if (!await explorer.change((state) => state.control(values), { isStep: true })) return;
    const { canvas, data } = explorer;
    const isFilter = [...values.keys()].some((name) => !["color", "cross"].includes(name));
    if (isFilter) canvas.fitResult();
    else if (!canvas.showsAnything()) canvas.overview();
    explorer.say([data.filters, data.hidden_words].filter(Boolean).join(", "));
  }

  /** Reload the page if all of it changes, as on another date. */
  reload(values) {
    const next = this.explorer.state.copy();
    next.control(values);
    location.search = next.address();
  }

  leave() {
    this.steps.keepLook();
  }

  /** Write the state to the URL, and to links to other forms of this page. */
  remember(state, isStep) {
    const query = state.address();
    this.steps.go(query ? `?${query}` : location.pathname, isStep);
    for (const link of document.querySelectorAll(".languages a, .names-switch")) {
      const params = state.query();
      const own = new URLSearchParams(link.search);
      for (const name of ["lang", "names"]) {
        params.delete(name);
        if (own.has(name)) params.set(name, own.get(name));
      }
      link.search = params.toString();
    }
    const params = state.query();
    if (!this.page.isPosts) params.set("chart", "units");
    document.querySelector(".present-link").search = params.toString();
    this.leadOn(state.selected);
  }

  /** Let the links to the cards and the chain lead to the selected post. */
  leadOn(id) {
    if (!this.page.addresses.focus) return;
    const [cards, chain] = ["to-cards", "to-chain"].map((name) => document.getElementById(name));
    this.firstCards ??= cards?.href;
    if (cards) cards.href = id ? this.address("focus", id) : this.firstCards;
    chain.hidden = !id;
    if (id) chain.href = this.address("chain", id);
  }
}

function stateOf(address) {
  const { search } = new URL(address, location.href);
  return new State(search, new URLSearchParams(search).get("select"));
}
