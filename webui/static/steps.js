// The steps of the browser's history: Back undoes the last change, Forward does it again.

/** Changes that follow each other faster, as by a held key, are one step. */
const QUICK_MS = 350;

export class Steps {
  /** `look` returns how the chart is looked at; `show` shows an address as it was looked at. */
  constructor(look, show) {
    this.look = look;
    this.last = -Infinity;
    window.addEventListener("popstate", (event) => show(location.href, event.state?.look));
    // A reader who comes back from another page finds the chart as it was.
    window.addEventListener("pagehide", () => this.keepLook());
  }

  /** Return how the chart was looked at when this step was left; undefined for a new one. */
  lookBefore() {
    const [visit] = performance.getEntriesByType("navigation");
    return visit?.type === "navigate" ? undefined : history.state?.look;
  }

  keepLook() {
    history.replaceState({ look: this.look() }, "");
  }

  /** Go to an address, by a new step or within this one. */
  go(address, isStep) {
    const now = performance.now();
    const isSame = new URL(address, location.href).href === location.href;
    if (isStep && !isSame && now - this.last > QUICK_MS) {
      history.pushState(null, "", address);
      this.last = now;
    } else if (!isSame) {
      history.replaceState(history.state, "", address);
    }
  }
}
