// How a chart is painted: lines, and cards as the server has measured and broken them.
const RADIUS = 7;
/** Half the height of a card's fold button. */
export const BADGE = 11;
/** Below this scale words cannot be read, and cards are drawn as plain boxes. */
const SMALLEST_WORDS = 0.3;

export class Painter {
  constructor(measures, pens) {
    this.measures = measures;
    this.colors = pens;
    this.looks = {};
  }

  /** Paint the lines that touch the part of the chart that can be seen. */
  drawLines(context, edges, view) {
    const inView = edges.filter((edge) => touches(edge.points, view));
    context.lineJoin = "round";
    context.lineWidth = 1.6;
    context.strokeStyle = this.colors.line;
    // Inferred lines first: where they share a stretch with a stated one, the stated one is seen.
    this.strokeAll(context, inView.filter((edge) => edge.style === "dashed"), [6, 4]);
    this.strokeAll(context, inView.filter((edge) => edge.style === "solid"), []);
    context.strokeStyle = this.colors.cross;
    context.lineWidth = 2.2;
    context.lineCap = "round";
    this.strokeAll(context, inView.filter((edge) => edge.style === "dotted"), [0.5, 5]);
    context.lineCap = "butt";
    context.setLineDash([]);
  }

  strokeAll(context, edges, dash) {
    context.setLineDash(dash);
    for (const edge of edges) {
      context.beginPath();
      edge.points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.stroke();
    }
  }

  /** Paint a card; its place is that of its middle. */
  drawCard(context, node, isSelected, scale) {
    const { card } = node;
    const [left, top] = [node.x - card.width / 2, node.y - card.height / 2];
    const look = this.look(node);
    if (scale < SMALLEST_WORDS) {
      this.drawBox(context, node, look, left, top, isSelected, scale);
      return;
    }
    context.save();
    this.drawFrame(context, card, look, left, top, isSelected);
    const m = this.measures;
    const x = left + m.band + m.paddingX;
    context.textBaseline = "middle";
    context.textAlign = "left";
    if (card.compact) this.drawCompact(context, card, look, x, top + m.compactPaddingY);
    else this.drawWords(context, card, look, left, top);
    if (node.reports) this.drawBadge(context, node, left + card.width / 2, top + card.height);
    context.restore();
  }

  drawWords(context, card, look, left, top) {
    const m = this.measures;
    const x = left + m.band + m.paddingX;
    let y = top + m.paddingY;
    for (const line of card.title) y = this.write(context, line, x, y, m.titleLine, `600 ${m.titleSize}px Inter`, look.ink);
    if (card.name || card.chip) y = this.drawHolder(context, card, look, x, y);
    for (const line of card.unit) y = this.write(context, line, x, y, m.unitLine, `400 ${m.unitSize}px Inter`, look.quiet);
    if (card.figures.length) this.drawFigures(context, card, look, left, y);
  }

  drawCompact(context, card, look, x, y) {
    const m = this.measures;
    for (const line of card.title) y = this.write(context, line, x, y, m.compactLine, `600 ${m.compactTitleSize}px Inter`, look.ink);
    for (const line of card.unit) y = this.write(context, line, x, y, m.compactLine, `400 ${m.compactSize}px Inter`, look.quiet);
  }

  /** Paint a card too small to be read: its colours, its outline, and a bar where its title is. */
  drawBox(context, node, look, left, top, isSelected, scale) {
    const { width, height } = node.card;
    context.fillStyle = look.fill;
    context.fillRect(left, top, width, height);
    context.fillStyle = look.band;
    context.fillRect(left, top, this.measures.band * 2, height);
    context.fillStyle = look.quiet;
    context.fillRect(left + 20, top + 12, width * 0.6, 8);
    const isOpenPost = node.card.status === "vacant" || node.card.status === "planned";
    context.strokeStyle = isSelected ? this.colors.select : isOpenPost ? this.colors.vacant : look.edge;
    context.lineWidth = (isSelected ? 4 : isOpenPost ? 2 : 1) / scale;
    context.strokeRect(left, top, width, height);
  }

  /** Return the colours of a card; what is only planned has no ground of its own. */
  look(node) {
    const look = this.looks[node.look];
    if (node.card.status !== "planned") return look;
    const { paper, ink, quiet } = this.colors;
    return { ...look, fill: paper, ink, quiet };
  }

  drawFrame(context, card, look, left, top, isSelected) {
    const { width, height } = card;
    context.fillStyle = this.colors.shadow;
    path(context, left, top + 2, width, height, RADIUS);
    context.fill();
    context.fillStyle = look.fill;
    path(context, left, top, width, height, RADIUS);
    context.fill();
    context.save();
    path(context, left, top, width, height, RADIUS);
    context.clip();
    context.fillStyle = look.band;
    context.fillRect(left, top, this.measures.band, height);
    context.restore();
    const isOpenPost = card.status === "vacant" || card.status === "planned";
    context.setLineDash(isOpenPost ? [6, 4] : []);
    context.lineWidth = isOpenPost ? 2.2 : 1;
    context.strokeStyle = isOpenPost ? this.colors.vacant : look.edge;
    path(context, left, top, width, height, RADIUS);
    context.stroke();
    context.setLineDash([]);
    if (isSelected) {
      context.lineWidth = 3.5;
      context.strokeStyle = this.colors.select;
      path(context, left - 4, top - 4, width + 8, height + 8, RADIUS + 3);
      context.stroke();
    }
  }

  write(context, text, x, y, line, font, fill) {
    context.font = font;
    context.fillStyle = fill;
    context.fillText(text, x, y + line / 2);
    return y + line;
  }

  /** Draw the holder and the status; an advertised post leads with its status. */
  drawHolder(context, card, look, x, y) {
    const { nameLine, nameSize, chipGap } = this.measures;
    const middle = y + nameLine / 2;
    const chipFirst = card.status === "vacant" || !card.name;
    const second = card.chipStandsAlone ? nameLine : 0;
    let at = x;
    if (card.chip && chipFirst) at = this.drawChip(context, card, look, at, middle) + chipGap;
    if (card.name) {
      const [nameX, nameY] = chipFirst && second ? [x, y + second] : [at, y];
      this.write(context, card.name, nameX, nameY, nameLine, `400 ${nameSize}px Inter`, look.ink);
      at += context.measureText(card.name).width + chipGap;
    }
    if (card.chip && !chipFirst) this.drawChip(context, card, look, second ? x : at, middle + second);
    return y + nameLine + second;
  }

  /** Draw the status in a chip, told by words, shape and colour; return its right edge. */
  drawChip(context, card, look, x, middle) {
    const { nameSize, chipSize, chipPadding } = this.measures;
    // A holder is named, but not of all seats: what is not named looks alike everywhere.
    const isPlain = card.status === "unnamed" || card.status === "named";
    context.font = isPlain ? `italic 400 ${nameSize - 0.5}px Inter` : `600 ${chipSize}px Inter`;
    const width = context.measureText(card.chip).width;
    if (isPlain) {
      context.fillStyle = look.quiet;
      context.fillText(card.chip, x, middle);
      return x + width;
    }
    const isVacant = card.status === "vacant" || card.status === "planned";
    context.fillStyle = isVacant ? this.colors.vacantFill : this.colors.actingFill;
    context.strokeStyle = isVacant ? this.colors.vacant : this.colors.acting;
    context.lineWidth = 1.2;
    context.setLineDash(isVacant ? [3, 2] : []);
    path(context, x, middle - 8, width + 2 * chipPadding, 16, 8);
    context.fill();
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = isVacant ? this.colors.vacantInk : this.colors.acting;
    context.fillText(card.chip, x + chipPadding, middle + 0.5);
    return x + width + 2 * chipPadding;
  }

  drawFigures(context, card, look, left, y) {
    const { band, paddingX, figureSize, figureLine, rule } = this.measures;
    const [from, to] = [left + band + paddingX, left + card.width - paddingX];
    context.strokeStyle = look.rule;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(from, y + rule - 2.5);
    context.lineTo(to, y + rule - 2.5);
    context.stroke();
    context.font = `400 ${figureSize}px Inter`;
    context.fillStyle = look.quiet;
    card.figures.forEach(([first, second], i) => {
      const middle = y + rule + figureLine * (i + 0.5) + 0.5;
      context.fillText(first, from, middle);
      if (!second) return;
      context.textAlign = "right";
      context.fillText(second, to, middle);
      context.textAlign = "left";
    });
  }

  /** Draw the button that folds and unfolds: a minus, or a plus and how many posts it holds. */
  drawBadge(context, node, x, y) {
    const width = badgeWidth(node);
    context.fillStyle = this.colors.paper;
    context.strokeStyle = this.colors.line;
    context.lineWidth = 1.3;
    path(context, x - width / 2, y - BADGE + 1, width, 2 * BADGE - 2, BADGE - 1);
    context.fill();
    context.stroke();
    context.fillStyle = this.colors.ink;
    context.textAlign = "center";
    context.font = "600 11px Inter";
    context.fillText(badgeText(node), x, y + 0.5);
    context.textAlign = "left";
  }
}

function badgeText(node) {
  return node.open ? "−" : `+${node.reports}`;
}

/** Return the width of a card's fold button. */
export function badgeWidth(node) {
  return node.open ? 2 * BADGE - 2 : 16 + 7 * String(node.reports).length + 4;
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
