// Painting of a chart: lines, and cards as lists of marks styled by `orgmodel/drawing/styles.py`.
/** Below this scale text is illegible, and cards are drawn as plain boxes. */
const SMALLEST_WORDS = 0.3;

export class Painter {
  constructor(styles) {
    this.styles = styles;
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.known.clear());
    this.looks = {};
  }

  /** Set the looks of a chart's cards for each scheme, by the names used in cards. */
  set looks(looks) {
    this.lookOf = looks;
    this.known = new Map();
  }

  /** The colours of the scheme that the system wants. */
  get scheme() {
    return this.dark.matches ? "dark" : "light";
  }

  /** Paint the lines that touch the visible part of the chart. */
  drawLines(context, edges, view) {
    const inView = edges.filter((edge) => edge.points.length && touches(edge.points, view));
    context.lineJoin = "round";
    for (const [name, style] of Object.entries(this.styles.lines)) {
      this.pen(context, style, this.styles.schemes[this.scheme]);
      context.lineCap = style.cap ?? "butt";
      context.beginPath();
      for (const edge of inView) if (edge.style === name) this.trace(context, edge.points);
      context.stroke();
    }
    context.lineCap = "butt";
    context.setLineDash([]);
    context.textBaseline = "middle";
    for (const { mark } of inView) if (mark) this.drawMark(context, mark, this.colors(""), { left: 0, top: 0 });
  }

  /** Paint a line with round corners. */
  drawLine(context, points) {
    context.beginPath();
    this.trace(context, points);
    context.stroke();
  }

  /** Add a line with round corners to the path. */
  trace(context, points) {
    context.moveTo(...points[0]);
    for (let i = 1; i < points.length - 1; i += 1) {
      const [x, y] = points[i];
      const room = Math.min(...[points[i - 1], points[i + 1]].map(([a, b]) => Math.abs(a - x) + Math.abs(b - y)));
      context.arcTo(x, y, ...points[i + 1], Math.min(this.styles.bend, room / 2));
    }
    context.lineTo(...points.at(-1));
  }

  /** Paint a card; its place is its centre. */
  drawCard(context, node, isSelected, scale) {
    const { width, height, frame, marks } = node.card;
    const box = { left: node.x - width / 2, top: node.y - height / 2, width, height };
    const colors = this.colors(node.look);
    const style = this.styles.frames[frame];
    if (scale < SMALLEST_WORDS) {
      this.drawFar(context, box, isSelected ? this.styles.frames.selected : style, colors, scale);
      return;
    }
    context.save();
    this.drawFrame(context, box, style, colors, isSelected);
    context.textBaseline = "middle";
    for (const mark of marks) this.drawMark(context, mark, colors, box);
    context.restore();
  }

  /** Return all colours by name; those of a card's look override those common to all cards. */
  colors(look) {
    const key = `${this.scheme} ${look}`;
    if (!this.known.has(key)) {
      this.known.set(key, { ...this.styles.schemes[this.scheme], ...this.lookOf[this.scheme]?.[look] });
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
    context.fillStyle = colors.paper;
    context.fillRect(left, top, width, height);
    context.fillStyle = colors.band;
    context.fillRect(left + 11, top + 10, 28, 28);
    context.fillStyle = colors.quiet;
    context.fillRect(left + 48, top + 12, width * 0.5, 8);
    context.strokeStyle = colors[style.edge];
    context.lineWidth = Math.round(style.width) / scale;
    context.strokeRect(left, top, width, height);
  }

  drawFrame(context, { left, top, width, height }, style, colors, isSelected) {
    const { radius, shadow, ring, frames } = this.styles;
    if (isSelected) {
      this.pen(context, frames.ring, colors);
      path(context, left - ring / 2, top - ring / 2, width + ring, height + ring, radius + ring / 2);
      context.stroke();
    } else {
      context.fillStyle = colors.shadow;
      path(context, left, top + shadow, width, height, radius);
      context.fill();
    }
    const frame = isSelected ? frames.selected : style;
    context.fillStyle = colors[frame.fill];
    path(context, left, top, width, height, radius);
    context.fill();
    this.pen(context, frame, colors);
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
    const { color, size, weight = 400, anchor = "start", box } = this.styles.texts[name];
    if (box) {
      context.fillStyle = colors[box.fill];
      path(context, x, y - box.height / 2, width, box.height, box.radius);
      context.fill();
      if (box.width) {
        this.pen(context, box, colors);
        context.stroke();
      }
      x += anchor === "middle" ? width / 2 : this.styles.padding;
      y += 0.5;
    }
    context.textAlign = anchor === "middle" ? "center" : anchor;
    context.font = `${weight} ${size}px Inter`;
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
