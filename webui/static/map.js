// A small map of a chart that is larger than the window; a click or a drag moves the view.
const WIDTH = 148, HEIGHT = 92, PADDING = 6;

export class SmallMap {
  constructor(canvas, chart) {
    this.canvas = canvas;
    this.chart = chart;
    this.cards = document.createElement("canvas");
    const move = (event) => {
      if (event.buttons || event.type === "pointerdown") this.go(event);
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      move(event);
    });
    canvas.addEventListener("pointermove", move);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.accent = null;
      this.show();
    });
  }

  /** Draw the cards of a chart, once for all views of it. */
  show() {
    const { data, cards } = this.chart;
    const ratio = devicePixelRatio;
    for (const one of [this.canvas, this.cards]) Object.assign(one, { width: WIDTH * ratio, height: HEIGHT * ratio });
    this.scale = Math.min((WIDTH - 2 * PADDING) / data.width, (HEIGHT - 2 * PADDING) / data.height) || 1;
    this.left = (WIDTH - data.width * this.scale) / 2;
    this.top = (HEIGHT - data.height * this.scale) / 2;
    const context = this.cards.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.color("--wire");
    for (const { at, card } of cards.values()) {
      context.fillRect(
        this.left + (at.x - card.width / 2) * this.scale, this.top + (at.y - card.height / 2) * this.scale,
        Math.max(1, card.width * this.scale), Math.max(1, card.height * this.scale));
    }
    this.draw();
  }

  color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name);
  }

  /** Draw what is in view, or hide where all is. */
  draw() {
    if (!this.scale) return;
    this.canvas.hidden = this.chart.showsAll() || this.chart.cards.size < 2;
    if (this.canvas.hidden) return;
    const { left, top, right, bottom } = this.chart.view();
    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.cards, 0, 0);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const box = [
      this.left + left * this.scale, this.top + top * this.scale,
      (right - left) * this.scale, (bottom - top) * this.scale];
    context.globalAlpha = 0.15;
    context.fillStyle = this.accent ??= this.color("--accent");
    context.fillRect(...box);
    context.globalAlpha = 1;
    context.strokeStyle = this.accent;
    context.lineWidth = 1.5;
    context.strokeRect(...box);
  }

  go(event) {
    const box = this.canvas.getBoundingClientRect();
    this.chart.leaveHome();
    this.chart.move({
      x: (event.clientX - box.left - this.left) / this.scale,
      y: (event.clientY - box.top - this.top) / this.scale,
    }, this.chart.network.getScale());
  }
}
