// The initial view of a chart, applied to the picture in the page before it is shown.
// A classic script, because modules are deferred until the page has been parsed.
"use strict";
window.chartView = (() => {
  const READABLE_SCALE = 0.62;
  const MARGIN = 20;

  /** Return the scale at which the whole chart fits, at most 1. */
  const fittingScale = (data, { width, height }) =>
    Math.min(1, width / (data.width + 2 * MARGIN), height / (data.height + 2 * MARGIN));

  /** Return the centre of the chart. */
  const middle = (data) => ({ x: data.width / 2, y: data.height / 2 });

  /** Return a view of the whole chart if it is legible, else of its top at a legible size. */
  function overview(data, { width, height }) {
    const scale = fittingScale(data, { width, height });
    if (scale >= READABLE_SCALE || !data.width) return { position: middle(data), scale };
    const near = Math.min(0.85, Math.max(READABLE_SCALE, width / (data.width + 2 * MARGIN)));
    // The first root is centred, unless that would leave empty space beside the chart.
    const across = width / 2 / near - MARGIN;
    const down = (height / 2 - MARGIN) / near;
    return {
      position: {
        x: data.width < 2 * across ? data.width / 2 : Math.max(across, Math.min(data.top, data.width - across)),
        y: Math.min(down, data.height / 2),
      },
      scale: near,
    };
  }

  /** Position the picture in the page where the canvas will draw the chart. */
  function placePicture(box, picture) {
    const data = {
      width: Number(picture.getAttribute("width")) - 2 * MARGIN,
      height: Number(picture.getAttribute("height")) - 2 * MARGIN,
      top: Number(box.dataset.top),
    };
    const size = { width: box.clientWidth, height: box.clientHeight };
    if (!size.width || !size.height) return;
    const { position, scale } = overview(data, size);
    const [width, height] = [size.width / scale, size.height / scale];
    // Whole pixels like the canvas, to avoid a later shift by half a pixel.
    picture.classList.add("placed");
    picture.setAttribute("width", size.width);
    picture.setAttribute("height", size.height);
    picture.setAttribute("viewBox", [position.x - width / 2, position.y - height / 2, width, height].join(" "));
  }

  const box = document.getElementById("first-picture");
  // A picture of very many cards is shown only without JavaScript.
  const picture = box.querySelector("svg");
  if (picture) placePicture(box, picture);
  return { READABLE_SCALE, MARGIN, fittingScale, middle, overview };
})();
