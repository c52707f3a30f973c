// The part of a chart that is on the screen: moved, zoomed, and kept in place when the room changes.
const { MARGIN, fittingScale, middle, overview } = window.chartView;
const SMALLEST_SCALE = 0.05;
const LARGEST_SCALE = 3;
export const MOVE_MS = 200;
/** Below this scale the result of a filter is not fitted, but shown from its top. */
const FITTED_SCALE = 0.7;

export class Camera {
  constructor(container) {
    this.container = container;
    this.cards = new Map();
    this.wantsMotion = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Follow a network's view, and the size of its container. */
  attach(network) {
    this.network = network;
    this.place = this.placeOnScreen();
    for (const name of ["dragStart", "zoom"]) network.on(name, () => this.leaveHome());
    network.on("zoom", () => this.limitZoom());
    new ResizeObserver(() => {
      if (!this.resize() || !this.isHome) return;
      const { position, scale } = overview(this.data, this.size());
      this.move(position, scale);
      network.body.emitter.emit("_redraw");
    }).observe(this.container);
  }

  /** The reader looks elsewhere: the view is no longer the one with which a chart opens. */
  leaveHome() {
    this.gliding = null;
    this.isHome = false;
  }

  placeOnScreen() {
    const { left, top } = this.container.getBoundingClientRect();
    return { left, top, ...this.size() };
  }

  size() {
    return { width: this.container.clientWidth, height: this.container.clientHeight };
  }

  /** Take the container's new size at once; what is on the screen stays where it is. */
  resize() {
    const [old, place] = [this.place, this.placeOnScreen()];
    if (!this.network || !place.width || !place.height) return false;
    this.place = place;
    // A page that was scrolled, not resized, keeps its view.
    if (old.width === place.width && old.height === place.height) return false;
    const { gliding } = this;
    const [scale, corner] = [this.network.getScale(), this.network.DOMtoCanvas({ x: 0, y: 0 })];
    const [dx, dy] = [place.left - old.left, place.top - old.top];
    this.network.canvas.setSize();
    this.network.moveTo({
      position: { x: corner.x + (dx + place.width / 2) / scale, y: corner.y + (dy + place.height / 2) / scale },
      scale, animation: false,
    });
    this.gliding = gliding;
    this.network.body.emitter.emit("_redraw");
    return true;
  }

  /** After a change of the room: fill it, with a card in sight. */
  settle(id) {
    this.resize();
    const look = this.isHome ? overview(this.data, this.size()) : this.filled(this.look());
    this.glide(this.withInSight(this.withFamily(look, id), id));
  }

  /** Return the nearest view that also shows the cards under a card, as many as there is room for. */
  withFamily(look, id) {
    const children = [...this.cards.values()].filter((one) => one.parent === id);
    return children.reduce((view, one) => this.withInSight(view, one.id), look);
  }

  /** Return a view without empty space on one side while cards are hidden on the other. */
  filled({ position, scale }) {
    const { width, height } = this.size();
    const along = (at, size, room) => {
      const [half, low, high] = [room / 2 / scale, -MARGIN, size + MARGIN];
      const [first, last] = [Math.min(low + half, high - half), Math.max(low + half, high - half)];
      return Math.min(last, Math.max(first, at));
    };
    return { position: { x: along(position.x, this.data.width, width), y: along(position.y, this.data.height, height) }, scale };
  }

  /** Return the view, for `glide` to come back to. */
  look() {
    return { position: this.network.getViewPosition(), scale: this.network.getScale() };
  }

  move(position, scale) {
    this.gliding = null;
    this.network.moveTo({ position, scale, animation: false });
  }

  /** Move to a view in a moment, or at once where motion is unwanted. */
  glide({ position, scale }) {
    const from = this.look();
    const isThere = Math.hypot(position.x - from.position.x, position.y - from.position.y) * scale < 0.5
      && Math.abs(scale / from.scale - 1) < 0.001;
    if (!this.wantsMotion() || isThere) {
      this.move(position, scale);
      return;
    }
    const [begin, run] = [performance.now(), Symbol("glide")];
    this.gliding = run;
    const step = (now) => {
      if (this.gliding !== run) return;
      const part = Math.min(1, Math.max(0, now - begin) / MOVE_MS);
      const eased = 1 - (1 - part) ** 3;
      const between = (a, b) => a + (b - a) * eased;
      this.network.moveTo({
        position: { x: between(from.position.x, position.x), y: between(from.position.y, position.y) },
        scale: between(from.scale, scale), animation: false,
      });
      if (part < 1) requestAnimationFrame(step);
      else this.gliding = null;
    };
    requestAnimationFrame(step);
  }

  /** The view with which a chart opens: all of it, else its top. */
  overview() {
    this.isHome = true;
    this.glide(overview(this.data, this.size()));
  }

  /** Show all of a chart, however small. */
  fit() {
    this.leaveHome();
    this.glide({ position: middle(this.data), scale: this.limited(fittingScale(this.data, this.size())) });
  }

  /** Show all of a filter's result, unless its text would be too small. */
  fitResult() {
    if (fittingScale(this.data, this.size()) >= FITTED_SCALE) this.fit();
    else this.overview();
  }

  limited(scale) {
    return Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale));
  }

  zoom(factor) {
    this.leaveHome();
    this.move(this.network.getViewPosition(), this.limited(this.network.getScale() * factor));
  }

  limitZoom() {
    const scale = this.network.getScale();
    if (this.limited(scale) !== scale) this.move(this.network.getViewPosition(), this.limited(scale));
  }

  /** Pan by a fraction of the screen's width and height. */
  pan(across, down) {
    this.leaveHome();
    const { width, height } = this.size();
    const [scale, view] = [this.network.getScale(), this.network.getViewPosition()];
    this.move({ x: view.x + (across * width) / scale, y: view.y + (down * height) / scale }, scale);
  }

  /** Centre a card at a legible size. */
  centre(id) {
    const node = this.cards.get(id);
    if (!node) return;
    this.leaveHome();
    this.glide(this.filled({ position: { ...node.at }, scale: Math.max(1, this.network.getScale()) }));
  }

  /** Pan by the minimum that makes a whole card visible. */
  bringIntoSight(id) {
    this.glide(this.withInSight(this.look(), id));
  }

  /** Return the nearest view that shows a whole card. */
  withInSight({ position, scale }, id) {
    const node = this.cards.get(id);
    if (!node) return { position, scale };
    const { width, height } = this.size();
    const along = (at, card, view, room) => {
      const half = scale * card / 2 + MARGIN;
      return view + outside((at - view) * scale + room / 2, half, room) / scale;
    };
    return {
      position: {
        x: along(node.at.x, node.card.width, position.x, width),
        y: along(node.at.y, node.card.height, position.y, height),
      },
      scale,
    };
  }

  /** Tell whether any card is visible. */
  showsAnything() {
    const { left, top, right, bottom } = this.view();
    return [...this.cards.values()].some(({ at, card }) => (
      Math.abs(at.x - (left + right) / 2) < (right - left + card.width) / 2
      && Math.abs(at.y - (top + bottom) / 2) < (bottom - top + card.height) / 2));
  }

  /** Tell whether all of the chart is visible. */
  showsAll() {
    const { left, top, right, bottom } = this.view();
    return left <= 0 && top <= 0 && right >= this.data.width && bottom >= this.data.height;
  }

  /** Return the visible part of the chart. */
  view() {
    const { width, height } = this.size();
    const from = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const to = this.network.DOMtoCanvas({ x: width, y: height });
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  /** Return the point of the chart under a mouse event. */
  pointOf(event) {
    const box = this.container.getBoundingClientRect();
    return this.network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top });
  }
}

/** Return how far a span around a centre exceeds 0 to end: negative before, positive after. */
function outside(middleOf, half, end) {
  if (middleOf + half > end && 2 * half <= end) return middleOf + half - end;
  return Math.min(0, middleOf - half);
}
