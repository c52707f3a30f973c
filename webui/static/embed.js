// Shows the top of a view in a narrow frame.
//
// Keeps a view that stands open for long, as on a wall or in a slide, with the data: asks now and
// then whether it has changed, and is loaded anew only if it has.
const scroll = document.querySelector(".scroll");
// Where a frame is too narrow for the picture, it begins at the top card and not at the left edge.
if (scroll) scroll.scrollLeft = scroll.dataset.top * scroll.scrollWidth - scroll.clientWidth / 2;

const EVERY = 5 * 60 * 1000;
let known = null;
let asked = Date.now();

async function ask() {
  asked = Date.now();
  let answer;
  try {
    answer = await fetch(location.href, { cache: "no-cache", credentials: "omit" });
  } catch {
    return; // There is no connection; what is shown can still be read.
  }
  if (answer.status >= 500) return;
  const version = answer.ok ? answer.headers.get("ETag") : "";
  if (known !== null && version !== known) location.reload();
  known = version;
}

ask();
setInterval(ask, EVERY);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && Date.now() - asked > EVERY) ask();
});
