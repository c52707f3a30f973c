// Painting of a network as in the picture of the page (orgmodel/drawing/tie_picture.py). Colours are
// the custom properties of network.css, so that they follow light, dark and forced colours.
const FONT = "Inter, sans-serif";
/** Where on a line its words may stand, the best place first. */
const PARTS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

function overlap(one, other) {
  return Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < (one.height + other.height) / 2;
}

export class NetworkPainter {
  constructor(styles, edges, nodes, centres) {
    Object.assign(this, { styles, edges, nodes, centres: new Set(centres), selected: null });
    this.signs = Object.fromEntries(Object.entries(styles.signs).map(([name, path]) => [name, new Path2D(path)]));
    this.beside = new Map([...nodes.keys()].map((id) => [id, new Set([id])]));
    for (const { from, to } of edges) {
      this.beside.get(from).add(to);
      this.beside.get(to).add(from);
    }
    this.readColors();
  }

  readColors() {
    const style = getComputedStyle(document.getElementById("net-view"));
    this.colors = Object.fromEntries(this.styles.colors.map((name) => [name, style.getPropertyValue(`--net-${name}`).trim()]));
  }

  /** Paint the lines; those of the card that is looked at stand out, with their words. */
  drawLines(context, places, looked) {
    context.save();
    const [own, others] = [[], []];
    for (const edge of this.edges) (looked && (edge.from === looked || edge.to === looked) ? own : others).push(edge);
    others.sort((one, other) => one.is_way - other.is_way);
    for (const edge of others) this.drawLine(context, edge, places, looked ? 0.2 : edge.is_way ? 1 : this.styles.faint);
    for (const edge of own) this.drawLine(context, edge, places, 1);
    context.restore();
  }

  /** Write the words of the lines of the card that is looked at, over everything else. */
  drawAllWords(context, places, looked) {
    if (!looked) return;
    context.save();
    const taken = [...this.nodes].map(([id, { card }]) => ({ ...places[id], width: card.width, height: card.height }));
    for (const edge of this.edges) {
      if (edge.from === looked || edge.to === looked) this.drawWords(context, edge, places, taken);
    }
    context.restore();
  }

  drawLine(context, edge, places, alpha) {
    const { color, width, dash } = this.styles.lines[edge.style];
    context.globalAlpha = alpha;
    context.strokeStyle = this.colors[color];
    context.lineWidth = width * (edge.is_bold ? this.styles.bold : 1);
    context.lineCap = edge.style === "cross" ? "round" : "butt";
    context.setLineDash(edge.is_inferred && !dash.length ? this.styles.inferredDash : dash);
    context.beginPath();
    context.moveTo(places[edge.from].x, places[edge.from].y);
    context.lineTo(places[edge.to].x, places[edge.to].y);
    context.stroke();
  }

  /** Write what a line says on it, where no card and no other words are; where there is no room, not. */
  drawWords(context, edge, places, taken) {
    const from = this.border(edge.from, places[edge.from], places[edge.to]);
    const to = this.border(edge.to, places[edge.to], places[edge.from]);
    context.font = `400 12px ${FONT}`;
    const width = context.measureText(edge.words).width + 10;
    const place = PARTS.map((part) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, width, height: 18 }))
      .find((one) => !taken.some((other) => overlap(one, other)));
    if (!place) return;
    taken.push(place);
    const { x, y } = place;
    context.fillStyle = this.colors.ground;
    context.globalAlpha = 0.92;
    context.beginPath();
    context.roundRect(x - width / 2, y - 9, width, 18, 9);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = this.colors.ink;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(edge.words, x, y + 0.5);
  }

  /** Return where the line to another place leaves a card. */
  border(id, place, other) {
    const { card } = this.nodes.get(id);
    const [dx, dy] = [other.x - place.x, other.y - place.y];
    const part = Math.min(1, card.width / 2 / Math.abs(dx || 1e-9), card.height / 2 / Math.abs(dy || 1e-9));
    return { x: place.x + dx * part, y: place.y + dy * part };
  }

  /** Paint a card around its place; those not beside the one that is looked at are pale. */
  drawCard(context, card, id, { x, y }, looked) {
    const { styles, colors } = this;
    const [left, top] = [x - card.width / 2, y - card.height / 2];
    context.save();
    context.globalAlpha = looked && !this.beside.get(looked).has(id) ? 0.35 : 1;
    context.setLineDash([]);
    const radius = Math.min(styles.radii[card.kind], card.height / 2);
    if (this.centres.has(id) || id === this.selected) {
      const out = styles.ring;
      this.box(context, left - out, top - out, card.width + 2 * out, card.height + 2 * out, radius + out);
      context.strokeStyle = colors.select;
      context.lineWidth = 3;
      context.stroke();
    }
    const frame = styles.frames[card.status || card.kind] ?? { color: card.tint, width: 1, dash: [] };
    // A pale card still covers the lines behind it.
    const alpha = context.globalAlpha;
    context.globalAlpha = 1;
    context.fillStyle = colors.paper;
    this.box(context, left, top, card.width, card.height, radius);
    context.fill();
    context.globalAlpha = alpha;
    context.strokeStyle = colors[frame.color];
    context.lineWidth = frame.width;
    context.setLineDash(frame.dash);
    context.stroke();
    context.setLineDash([]);
    if (card.kind === "rest") this.text(context, x, y, card.title[0], `600 ${styles.text[0]}px`, colors.quiet, "center");
    else this.drawTexts(context, card, left, y);
    context.restore();
  }

  drawTexts(context, card, left, y) {
    const { styles, colors } = this;
    const inset = styles.padding + (card.kind === "group" ? styles.ends : 0);
    this.drawSign(context, left + inset + styles.sign / 2, y, card);
    const from = left + inset + styles.sign + styles.gap;
    const [[title, titleLeading], [text, textLeading]] = [styles.title, styles.text];
    let at = y - (card.title.length * titleLeading + card.texts.length * textLeading) / 2;
    for (const one of card.title) {
      this.text(context, from, at + titleLeading / 2, one, `600 ${title}px`, colors.ink, "left");
      at += titleLeading;
    }
    for (const one of card.texts) {
      this.text(context, from, at + textLeading / 2, one, `400 ${text}px`, colors.quiet, "left");
      at += textLeading;
    }
  }

  drawSign(context, x, y, card) {
    const { sign, square, text } = this.styles;
    context.fillStyle = this.colors[`${card.tint}-soft`];
    this.box(context, x - sign / 2, y - sign / 2, sign, sign, card.kind === "unit" ? square : sign / 2);
    context.fill();
    if (card.sign) {
      this.text(context, x, y, card.sign, `600 ${text[0]}px`, this.colors[card.tint], "center");
      return;
    }
    context.fillStyle = this.colors[card.tint];
    context.save();
    context.translate(x, y);
    context.fill(this.signs[card.kind]);
    context.restore();
  }

  /** The baseline is that of the picture in the page, whatever the browser takes for the middle. */
  text(context, x, y, text, font, color, align) {
    context.font = `${font} ${FONT}`;
    context.fillStyle = color;
    context.textAlign = align;
    context.textBaseline = "alphabetic";
    context.fillText(text, x, y + parseFloat(font.slice(4)) * 0.3636);
  }

  box(context, left, top, width, height, radius) {
    context.beginPath();
    context.roundRect(left, top, width, height, radius);
  }
}
