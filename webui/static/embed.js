// Scrolls to the top card of a view in a narrow frame.
//
// Keeps a view that stays open, as on a wall or in a slide, up to date: polls for changes and reloads
// only if there are any. Temporary errors, as while a file is replaced, are ignored; only an expired
// or withdrawn link removes the picture.
const scroll = document.querySelector(".scroll");
// A picture wider than its frame is scrolled to the top card, not to the left edge.
if (scroll) scroll.scrollLeft = scroll.dataset.top * scroll.scrollWidth - scroll.clientWidth / 2;

const EVERY = 5 * 60 * 1000;
const OVER = 410;
// Whether this page states that there is nothing to show at the moment.
const waits = document.querySelector("[data-waits]") !== null;
// A frame without an origin may not send requests.
const canAsk = globalThis.origin !== "null";
let known = null;
let asked = Date.now();

async function ask() {
  asked = Date.now();
  let answer;
  try {
    answer = await fetch(location.href, { cache: "no-cache", credentials: "omit" });
  } catch {
    return; // Without a connection the view stays as it is.
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
