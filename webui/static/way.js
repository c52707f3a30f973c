// Painting of the way from a card to the top, over the lines and around the cards that lie on it.
const WIDTH = 2.5, RING = 3, RADIUS = 12;

/** Paint lines again, stronger. */
export function drawWay(context, lines, color) {
  context.strokeStyle = color;
  context.lineWidth = WIDTH;
  context.lineJoin = "round";
  for (const { points } of lines) {
    context.beginPath();
    points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.stroke();
  }
}

/** Paint a frame around a card. */
export function drawRing(context, { x, y, card }, color) {
  const [width, height] = [card.width + 2 * RING, card.height + 2 * RING];
  context.save();
  context.globalAlpha = 0.55;
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.setLineDash([]);
  context.beginPath();
  context.roundRect(x - width / 2, y - height / 2, width, height, RADIUS + RING);
  context.stroke();
  context.restore();
}
