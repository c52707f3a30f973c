// Tasks and people to meet can be ticked off. Only this browser remembers it, by keys without names.
import { element } from "./dom.js";

const main = document.querySelector("[data-ticks]");
const items = [...document.querySelectorAll("[data-item]")];
const place = `ticks.${main?.dataset.ticks}`;

function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(place));
    return new Set(Array.isArray(found) ? found : []);
  } catch {
    return new Set();
  }
}

function remember(done) {
  try {
    if (done.size) localStorage.setItem(place, JSON.stringify([...done]));
    else localStorage.removeItem(place);
  } catch {
    // A browser that keeps nothing still shows the ticks until the page is left.
  }
}

function begin() {
  const all = new Set(items.map((item) => item.dataset.item));
  const boxes = items.map((item, n) => {
    const text = item.querySelector(".check-text");
    text.id = `check-${n}`;
    const box = element("input", { type: "checkbox", "aria-labelledby": text.id });
    item.prepend(box);
    return box;
  });
  const summary = document.querySelector(".ticks");
  const [bar, words, clear] = [".ticks-bar", ".ticks-words", ".ticks-clear"]
    .map((name) => summary.querySelector(name));
  let done = remembered();
  let cleared = null;

  function show() {
    const count = [...all].filter((key) => done.has(key)).length;
    boxes.forEach((box, n) => {
      box.checked = done.has(items[n].dataset.item);
      items[n].classList.toggle("is-done", box.checked);
    });
    [bar.value, bar.max] = [count, all.size];
    words.textContent = summary.dataset.words.replace("{done}", count).replace("{all}", all.size);
    clear.textContent = cleared ? clear.dataset.undo : clear.dataset.clear;
    clear.hidden = !count && !cleared;
  }

  function change(next, before = null) {
    [done, cleared] = [next, before];
    remember(done);
    show();
  }

  boxes.forEach((box, n) => box.addEventListener("change", () => {
    const next = new Set(done);
    if (box.checked) next.add(items[n].dataset.item);
    else next.delete(items[n].dataset.item);
    change(next);
  }));
  clear.addEventListener("click", () => (cleared ? change(cleared) : change(new Set(), done)));
  // Another tab with the same post.
  addEventListener("storage", (event) => {
    if (event.key !== place && event.key !== null) return;
    [done, cleared] = [remembered(), null];
    show();
  });
  summary.hidden = false;
  show();
}

if (main && items.length) begin();
