// The picture is in the page; the scripts that make it interactive are loaded after first paint.
const page = JSON.parse(document.getElementById("page-data").textContent);
await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
try {
  // Cards are drawn in the page's own font, which must be loaded before painting.
  const fonts = Promise.allSettled(["400 12px Inter", "600 13px Inter"].map((font) => document.fonts.load(font)));
  // vis-network is a classic script; imported as a module it still sets its global.
  const [{ explore }, { ServerSource }] = await Promise.all(
    [import("./explorer.js"), import("./server.js"), import(page.addresses.vis), fonts]);
  // A window of another shape has asked for its own arrangement (place.js).
  const data = await window.chartView.asked ?? JSON.parse(document.getElementById("chart-data").textContent);
  explore(new ServerSource(page), data);
} catch (error) {
  document.documentElement.dataset.failed = "true";
  const box = document.getElementById("failure");
  box.textContent = page.texts.still;
  box.hidden = false;
  throw error;
}
