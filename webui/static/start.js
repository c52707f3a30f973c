// The picture stands already; what makes it move is fetched when it has been painted.
const page = JSON.parse(document.getElementById("page-data").textContent);
await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
try {
  // Cards are drawn in the page's own font; it must be there before the first stroke.
  const fonts = Promise.allSettled(["400 12px Inter", "600 13px Inter"].map((font) => document.fonts.load(font)));
  // vis-network is a plain script; imported as a module it still sets its global name.
  const [{ explore }, { ServerSource }] = await Promise.all(
    [import("./explorer.js"), import("./server.js"), import(page.addresses.vis), fonts]);
  explore(new ServerSource(page), JSON.parse(document.getElementById("chart-data").textContent));
} catch (error) {
  document.documentElement.dataset.failed = "true";
  const box = document.getElementById("failure");
  box.textContent = page.texts.still;
  box.hidden = false;
  throw error;
}
