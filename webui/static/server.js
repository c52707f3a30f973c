// The explorer's source with a server: charts, panels and hits are fetched, the state is in the URL,
// and the controls change it.
import { watchConnection } from "./connection.js";
import { Controls } from "./controls.js";
import { Refusal } from "./explorer.js";
import { State } from "./state.js";
import "./sources.js";

/** The server's statuses for a URL that is too long, and for an invalid one. */
const TOO_LONG = 414, REFUSED = 400;

export class ServerSource {
  constructor(page) {
    this.page = page;
  }

  firstState() {
    return new State(location.search, this.page.selected);
  }

  begin(explorer) {
    this.explorer = explorer;
    watchConnection(this.page.texts);
    const { state } = explorer;
    if (!state.selected) return;
    // As opened by the server: ancestors stay open when something else changes.
    state.reveal(explorer.byId, state.selected);
    explorer.select(state.selected, true);
  }

  async chart(state, revealed) {
    const query = state.query();
    // The server reveals a selected entry; folding must be able to hide it.
    query.delete("select");
    if (revealed) query.set("select", revealed);
    const answer = await fetch(`${this.page.addresses.chart.split("?")[0]}?${query}`);
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
    this.controls ??= new Controls(document.getElementById("controls"), {
      apply: (values) => this.apply(values),
      reload: (values) => this.reload(values),
    });
    this.controls.tell(data);
  }

  restore(state) {
    this.controls.restore(state.params);
  }

  /** Set the state of the controls; bring part of the chart into view and state what is hidden. */
  async apply(values) {
    const { explorer } = this;
    if (!await explorer.change((state) => state.control(values), null)) return;
    const { canvas, data } = explorer;
    if (explorer.state.selected) canvas.bringIntoSight(explorer.state.selected);
    else if (!canvas.showsAnything()) canvas.overview();
    explorer.say([data.filters, data.hidden_words].filter(Boolean).join(", "));
  }

  /** Reload the page if all of it changes, as on another date. */
  reload(values) {
    const next = this.explorer.state.copy();
    next.control(values);
    location.search = next.address();
  }

  /** Write the state to the URL, and to links to other forms of this page. */
  remember(state) {
    const query = state.address();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    for (const link of document.querySelectorAll(".languages a, .names-switch")) {
      const params = state.query();
      const own = new URLSearchParams(link.search);
      for (const name of ["lang", "names"]) {
        params.delete(name);
        if (own.has(name)) params.set(name, own.get(name));
      }
      link.search = params.toString();
    }
    const present = document.querySelector(".present-link");
    const params = state.query();
    if (!this.page.isPosts) params.set("chart", "units");
    present.search = params.toString();
  }
}
