// On a touch screen, a swipe opens the previous or next post with the same leader.
const FAR = 60;

for (const box of document.querySelectorAll("[data-swipe]")) {
  let start = null;
  box.addEventListener("touchstart", (event) => {
    start = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  box.addEventListener("touchend", (event) => {
    if (!start) return;
    const end = event.changedTouches[0];
    const [across, down] = [end.clientX - start.clientX, end.clientY - start.clientY];
    start = null;
    if (Math.abs(across) < FAR || Math.abs(across) < 2 * Math.abs(down)) return;
    box.querySelector(`a[rel=${across < 0 ? "next" : "prev"}]`)?.click();
  });
}
