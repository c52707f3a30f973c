// The first view of a chart: all of it, or its top, and a picture of it before anything else runs.
export const READABLE_SCALE = 0.62;
export const MARGIN = 20;

/** Return the view of the whole chart if it can then be read, else of its top at a readable size. */
export function overview(data, { width, height }) {
  const scale = fittingScale(data, { width, height });
  if (scale >= READABLE_SCALE || !data.nodes.length) return { position: middle(data), scale };
  const near = Math.min(0.85, Math.max(READABLE_SCALE, width / (data.width + 2 * MARGIN)));
  // The first root stands in the middle, unless room beside the chart would then be left empty.
  const across = width / 2 / near - MARGIN;
  const down = (height / 2 - MARGIN) / near;
  return {
    position: {
      x: data.width < 2 * across ? data.width / 2 : Math.max(across, Math.min(data.nodes[0].x, data.width - across)),
      y: Math.min(down, data.height / 2),
    },
    scale: near,
  };
}

/** Return the scale at which the whole chart fits, 1 at most. */
export function fittingScale(data, { width, height }) {
  return Math.min(1, width / (data.width + 2 * MARGIN), height / (data.height + 2 * MARGIN));
}

/** Return the middle of the chart. */
export function middle(data) {
  return { x: data.width / 2, y: data.height / 2 };
}

/** Paint a chart once, as its overview, before vis-network is there to move it. */
export function paintOnce(container, painter, data) {
  const size = { width: container.clientWidth, height: container.clientHeight };
  const canvas = document.createElement("canvas");
  const ratio = window.devicePixelRatio;
  canvas.width = size.width * ratio;
  canvas.height = size.height * ratio;
  const context = canvas.getContext("2d");
  const { position, scale } = overview(data, size);
  context.setTransform(ratio * scale, 0, 0, ratio * scale,
    ratio * (size.width / 2 - position.x * scale), ratio * (size.height / 2 - position.y * scale));
  const [x, y] = [size.width / 2 / scale, size.height / 2 / scale];
  painter.drawLines(context, data.edges, {
    left: position.x - x, right: position.x + x, top: position.y - y, bottom: position.y + y,
  });
  for (const node of data.nodes) painter.drawCard(context, node, false);
  container.replaceChildren(canvas);
}
