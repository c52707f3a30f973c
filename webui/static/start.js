// The picture stands already; what makes it move is fetched when it has been painted.
const { addresses, texts } = JSON.parse(document.getElementById("page-data").textContent);
await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
try {
  // Cards are drawn in the page's own font; it must be there before the first stroke.
  const fonts = Promise.allSettled(["400 12px Inter", "600 13px Inter"].map((font) => document.fonts.load(font)));
  // vis-network is a plain script; imported as a module it still sets its global name.
  const [{ explore }] = await Promise.all([import("./explorer.js"), import(addresses.vis), fonts]);
  explore(JSON.parse(document.getElementById("chart-data").textContent));
} catch (error) {
  document.documentElement.dataset.failed = "true";
  const box = document.getElementById("failure");
  box.textContent = texts.still;
  box.hidden = false;
  throw error;
}
