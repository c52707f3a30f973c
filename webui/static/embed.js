// Shows the top of a view in a narrow frame.
//
// Keeps a view that stands open for long, as on a wall or in a slide, with the data: asks now and
// then whether it has changed, and is loaded anew only if it has. What is missing for a while, such as
// a file that is being replaced, is waited for; only a link that is over takes the picture away.
const scroll = document.querySelector(".scroll");
// Where a frame is too narrow for the picture, it begins at the top card and not at the left edge.
if (scroll) scroll.scrollLeft = scroll.dataset.top * scroll.scrollWidth - scroll.clientWidth / 2;

const EVERY = 5 * 60 * 1000;
const OVER = 410;
// Whether this page says that there is nothing to show for now.
const waits = document.querySelector("[data-waits]") !== null;
// A frame without an origin of its own may not ask.
const canAsk = globalThis.origin !== "null";
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
  const version = answer.headers.get("ETag");
  const isOther = waits || (known !== null && version !== known);
  if (answer.status === OVER || (answer.ok && isOther)) location.reload();
  if (answer.ok) known = version;
}

if (canAsk) {
  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - asked > EVERY) ask();
  });
}
