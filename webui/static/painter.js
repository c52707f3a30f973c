// Painting of a chart: lines, and cards as lists of marks styled by `orgmodel/drawing/styles.py`.
/** Below this scale text is illegible, and cards are drawn as plain boxes. */
const SMALLEST_WORDS = 0.3;

export class Painter {
  constructor(styles) {
    this.styles = styles;
    this.looks = {};
  }

  /** Set the looks of a chart's cards, by the names used in cards. */
  set looks(looks) {
    this.lookOf = looks;
    this.known = new Map();
  }

  /** Paint the lines that touch the visible part of the chart. */
  drawLines(context, edges, view) {
    const inView = edges.filter((edge) => touches(edge.points, view));
    context.lineJoin = "round";
    for (const [name, style] of Object.entries(this.styles.lines)) {
      this.pen(context, style, this.styles.pens);
      context.lineCap = style.cap ?? "butt";
      for (const edge of inView) {
        if (edge.style !== name) continue;
        context.beginPath();
        edge.points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
        context.stroke();
      }
    }
    context.lineCap = "butt";
    context.setLineDash([]);
  }

  /** Paint a card; its place is its centre. */
  drawCard(context, node, isSelected, scale) {
    const { width, height, frame, marks } = node.card;
    const box = { left: node.x - width / 2, top: node.y - height / 2, width, height };
    const colors = this.colors(node);
    const style = this.styles.frames[frame];
    if (scale < SMALLEST_WORDS) {
      this.drawFar(context, box, isSelected ? this.styles.frames.selected : style, colors, scale);
      return;
    }
    context.save();
    this.drawFrame(context, box, style, colors);
    if (isSelected) {
      this.pen(context, this.styles.frames.selected, colors);
      const { radius, ring } = this.styles;
      path(context, box.left - ring, box.top - ring, width + 2 * ring, height + 2 * ring, radius + ring - 1);
      context.stroke();
    }
    context.textBaseline = "middle";
    for (const mark of marks) this.drawMark(context, mark, colors, box);
    context.restore();
  }

  /** Return all colours by name; those of a card's look override those common to all cards. */
  colors(node) {
    const key = `${node.card.frame} ${node.look}`;
    if (!this.known.has(key)) {
      const { pens, onPaper } = this.styles;
      const paper = { fill: pens.paper, ink: pens.ink, quiet: pens.quiet };
      const isOnPaper = onPaper.includes(node.card.frame);
      this.known.set(key, { ...pens, ...this.lookOf[node.look], ...(isOnPaper ? paper : {}) });
    }
    return this.known.get(key);
  }

  pen(context, style, colors) {
    context.strokeStyle = colors[style.edge ?? style.color];
    context.lineWidth = style.width;
    context.setLineDash(style.dash ?? []);
  }

  /** Paint a card too small to read: its colours, its outline, and a bar for its title. */
  drawFar(context, { left, top, width, height }, style, colors, scale) {
    context.fillStyle = colors.fill;
    context.fillRect(left, top, width, height);
    context.fillStyle = colors.band;
    context.fillRect(left, top, this.styles.stripe * 2, height);
    context.fillStyle = colors.quiet;
    context.fillRect(left + 20, top + 12, width * 0.6, 8);
    context.strokeStyle = colors[style.edge];
    context.lineWidth = Math.round(style.width) / scale;
    context.strokeRect(left, top, width, height);
  }

  drawFrame(context, { left, top, width, height }, style, colors) {
    const { radius, stripe, shadow } = this.styles;
    context.fillStyle = colors.shadow;
    path(context, left, top + shadow, width, height, radius);
    context.fill();
    context.fillStyle = colors[style.fill];
    path(context, left, top, width, height, radius);
    context.fill();
    context.save();
    context.clip();
    context.fillStyle = colors.band;
    context.fillRect(left, top, stripe, height);
    context.restore();
    this.pen(context, style, colors);
    path(context, left, top, width, height, radius);
    context.stroke();
  }

  /** Paint a text, a text in a box, or, without text, a line. */
  drawMark(context, [name, dx, dy, text, width], colors, { left, top }) {
    let [x, y] = [left + dx, top + dy];
    if (!text) {
      this.pen(context, this.styles.lines[name], colors);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + width, y);
      context.stroke();
      return;
    }
    const { color, size, weight = 400, slant = "normal", anchor = "start", box } = this.styles.texts[name];
    if (box) {
      this.pen(context, box, colors);
      context.fillStyle = colors[box.fill];
      path(context, x, y - box.height / 2, width, box.height, box.height / 2);
      context.fill();
      context.stroke();
      x += anchor === "middle" ? width / 2 : this.styles.padding;
      y += 0.5;
    }
    context.textAlign = anchor === "middle" ? "center" : anchor;
    context.font = `${slant} ${weight} ${size}px Inter`;
    context.fillStyle = colors[color];
    context.fillText(text, x, y);
  }
}

function path(context, x, y, width, height, radius) {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
}

function touches(points, view) {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return left <= view.right && right >= view.left && top <= view.bottom && bottom >= view.top;
}
