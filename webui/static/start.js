// The chart is painted first, from what the page holds; what makes it move is fetched after.
import { paintOnce } from "./overview.js";
import { Painter } from "./painter.js";

// Cards are drawn in the page's own font; it must be there before the first stroke.
await Promise.allSettled(["400 12px Inter", "600 13px Inter"].map((font) => document.fonts.load(font)));
const data = JSON.parse(document.getElementById("chart-data").textContent);
const painter = new Painter(data.measures);
paintOnce(document.getElementById("canvas"), painter, data);
document.getElementById("loading").remove();

await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
// vis-network is a plain script; imported as a module it still sets its global name.
const { addresses } = JSON.parse(document.getElementById("page-data").textContent);
try {
  const [{ explore }] = await Promise.all([import("./explorer.js"), import(addresses.vis)]);
  explore(data, painter);
} catch (error) {
  document.documentElement.dataset.failed = "true";
  throw error;
}
