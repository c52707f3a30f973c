// The panel on a phone: a sheet from below, first with the answer only, then as tall as the screen.
import { element } from "./dom.js";

/** A drag shorter than this is a tap, in pixels. */
const TAP = 8;
const FAR = 60;

export class Sheet {
  constructor(container, texts, close) {
    this.container = container;
    this.texts = texts;
    this.close = close;
    this.handle = element("button", { type: "button", class: "sheet-handle", "aria-expanded": "false" });
    this.handle.addEventListener("click", () => {
      if (!this.wasDragged) this.set(!this.isTall());
    });
    this.handle.addEventListener("pointerdown", (event) => this.begin(event));
    this.handle.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) this.handle.addEventListener(name, (event) => this.end(event));
    this.lower();
  }

  isTall() {
    return this.container.classList.contains("tall");
  }

  lower() {
    this.set(false);
  }

  set(isTall) {
    this.container.classList.toggle("tall", isTall);
    this.handle.setAttribute("aria-expanded", String(isTall));
    this.handle.setAttribute("aria-label", isTall ? this.texts.lower : this.texts.taller);
  }

  begin(event) {
    this.handle.setPointerCapture(event.pointerId);
    this.from = event.clientY;
    this.wasDragged = false;
  }

  drag(event) {
    if (this.from === undefined) return;
    const down = event.clientY - this.from;
    if (Math.abs(down) > TAP) this.wasDragged = true;
    if (down > 0) this.container.style.translate = `0 ${down}px`;
  }

  /** A swipe up shows all of the sheet; one down shows less of it, or closes it. */
  end(event) {
    if (this.from === undefined) return;
    const down = event.clientY - this.from;
    this.from = undefined;
    this.container.style.translate = "";
    if (down < -FAR) this.set(true);
    else if (down > FAR && this.isTall()) this.set(false);
    else if (down > FAR) this.close();
  }
}
