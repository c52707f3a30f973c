// What could not be fetched: said, and tried again by a button or when the connection is back.
import { element } from "./dom.js";

export class Failure {
  constructor(box, texts) {
    this.box = box;
    this.texts = texts;
    window.addEventListener("online", () => this.again());
  }

  hide() {
    this.box.hidden = true;
    this.retry = null;
  }

  again() {
    const { retry } = this;
    if (!retry) return;
    this.hide();
    retry();
  }

  /** Say that something failed; without `retry` it cannot be tried again. */
  show(retry, words = navigator.onLine ? this.texts.failed : this.texts.offline) {
    this.retry = retry;
    this.box.hidden = false;
    this.box.replaceChildren(element("p", {}, words));
    if (!retry) return;
    const button = element("button", { type: "button" }, this.texts.retry);
    const before = document.activeElement;
    button.addEventListener("click", () => {
      before?.focus({ preventScroll: true });
      this.again();
    });
    this.box.append(button);
  }
}
