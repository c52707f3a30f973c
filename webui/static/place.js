// The room of a chart and its initial view, applied to the picture in the page before it is shown.
// A classic script, because modules are deferred until the page has been parsed.
"use strict";
window.chartView = (() => {
  const MARGIN = 20;
  /** The room for which the server arranges a chart when no other is asked for. */
  const USUAL = { width: 1400, height: 750 };
  const STEP = 50;
  /** A room larger than the usual one by no more than this needs no arrangement of its own. */
  const LARGER = 150;
  const PATIENCE_MS = 3000;
  /** A low chart stands this much below the upper edge at most. */
  const MOST_ABOVE = 60;

  /** Return the scale at which the whole chart fits, at most 1. */
  const fittingScale = (data, { width, height }) =>
    Math.min(1, width / (data.width + 2 * MARGIN), height / (data.height + 2 * MARGIN));

  /** Return the centre of the chart. */
  const middle = (data) => ({ x: data.width / 2, y: data.height / 2 });

  /** Return a view of the chart at the size it is drawn for: all of it, else its top. */
  function overview(data, { width, height }) {
    // The first card is centred, unless that would leave empty space beside the chart.
    const across = width / 2 - MARGIN;
    const spare = Math.max(0, height - data.height - 2 * MARGIN);
    return {
      position: {
        x: data.width <= 2 * across ? data.width / 2 : Math.max(across, Math.min(data.top, data.width - across)),
        y: height / 2 - MARGIN - Math.min(spare / 3, MOST_ABOVE),
      },
      scale: 1,
    };
  }

  /** Return the room of the canvas, in steps, so that answers can be kept; nameless if it is the usual one. */
  function roomNow() {
    const { clientWidth, clientHeight } = document.getElementById("view");
    const isUsual = (size, usual) => size >= usual && size <= usual + LARGER;
    if (isUsual(clientWidth, USUAL.width) && isUsual(clientHeight, USUAL.height)) return USUAL;
    const [width, height] = [clientWidth, clientHeight].map((size) => Math.max(STEP, size - (size % STEP)));
    return { width, height, name: `${width}x${height}` };
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

  /** Ask at once for the chart of another room; the picture of the usual one does not show meanwhile. */
  function askFor(box, name) {
    const address = new URL(box.dataset.chart.split("?")[0] + location.search, location.href);
    address.searchParams.set("room", name);
    box.classList.add("waits");
    document.getElementById("loading").hidden = false;
    const done = () => { document.getElementById("loading").hidden = true; };
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    return Promise.race([fetch(address).then((answer) => (answer.ok ? answer.json() : null)), late])
      .catch(() => null)
      .then((data) => {
        done();
        if (!data) box.classList.remove("waits");
        return data ?? null;
      });
  }

  try {
    document.documentElement.classList.toggle("with-list", localStorage.getItem("list") === "open");
  } catch {
    // Without access to storage the list begins closed.
  }
  // On a phone the key would hide the chart.
  if (matchMedia("(max-width: 40rem)").matches) document.getElementById("key").open = false;
  const box = document.getElementById("first-picture");
  const picture = box.querySelector("svg");
  const room = roomNow();
  // A file has one arrangement.
  const asked = room.name && box.dataset.chart ? askFor(box, room.name) : null;
  // A picture of very many cards is shown only without JavaScript.
  if (picture) placePicture(box, picture);
  return { MARGIN, fittingScale, middle, overview, room, roomNow, asked };
})();
