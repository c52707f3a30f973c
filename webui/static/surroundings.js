// The texts and marks around a chart: its description, its key, its filter by name, its layers.
import { element } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

/** Show the texts about a chart. */
export function describe(data, colors) {
  byId("hidden-count").textContent = data.hidden_words;
  const empty = byId("empty");
  empty.textContent = data.hidden_words;
  empty.hidden = data.nodes.length > 0;
  byId("short-description").textContent = data.short;
  byId("long-list").replaceChildren(...data.long.map((one) => element("li", {}, one)));
  const canvas = byId("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.short);
  canvas.setAttribute("aria-describedby", "long-list");
  showColors(data.legend, colors);
  name(data.named);
  markLayers(data.layers);
}

/** Explain the colours, as they are on the ground that the system wishes. */
export function showColors(legend, colors) {
  const list = byId("colors");
  list.replaceChildren(...legend.map(({ look, words }) => element("li", {}, swatch(colors(look)), " ", words)));
  list.parentElement.hidden = !legend.length;
}

/** Name the filter and the highlighted group above the chart. */
function name(words) {
  const line = byId("named");
  if (!line) return;
  byId("named-words").textContent = words ?? "";
  line.hidden = !words;
}

function markLayers(shown) {
  for (const link of document.querySelectorAll("#layers a")) {
    if (link.dataset.layers === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** Show in the key only what is on the screen. */
export function showKey(kinds, hasCrossLines) {
  for (const row of byId("legend").querySelectorAll("[data-key]")) {
    const { key } = row.dataset;
    row.hidden = key === "dotted" ? !hasCrossLines : !kinds.includes(key);
  }
}

function swatch({ tint, band }) {
  const picture = made("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  picture.append(made("circle", { cx: 8, cy: 8, r: 7, fill: tint, stroke: band, "stroke-width": 2 }));
  return picture;
}

function made(tag, attributes) {
  const one = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}
