// The first view of a chart, and the picture that comes with the page put into it before it is shown.
// A plain script, since modules wait until the page has been read.
"use strict";
window.chartView = (() => {
  const READABLE_SCALE = 0.62;
  const MARGIN = 20;

  /** Return the scale at which the whole chart fits, 1 at most. */
  const fittingScale = (data, { width, height }) =>
    Math.min(1, width / (data.width + 2 * MARGIN), height / (data.height + 2 * MARGIN));

  /** Return the middle of the chart. */
  const middle = (data) => ({ x: data.width / 2, y: data.height / 2 });

  /** Return the view of the whole chart if it can then be read, else of its top at a readable size. */
  function overview(data, { width, height }) {
    const scale = fittingScale(data, { width, height });
    if (scale >= READABLE_SCALE || !data.width) return { position: middle(data), scale };
    const near = Math.min(0.85, Math.max(READABLE_SCALE, width / (data.width + 2 * MARGIN)));
    // The first root stands in the middle, unless room beside the chart would then be left empty.
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

  /** Put the picture that comes with the page where the canvas will have it. */
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
    // Whole pixels, as the canvas has them: else everything would move by half a pixel later.
    picture.classList.add("placed");
    picture.setAttribute("width", size.width);
    picture.setAttribute("height", size.height);
    picture.setAttribute("viewBox", [position.x - width / 2, position.y - height / 2, width, height].join(" "));
  }

  const box = document.getElementById("first-picture");
  // A picture of very many cards is only for who has no script.
  const picture = box.querySelector("svg");
  if (picture) placePicture(box, picture);
  return { READABLE_SCALE, MARGIN, fittingScale, middle, overview };
})();
