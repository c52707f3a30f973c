// Tables wider than their place: which edges there is more beyond, and a button that scrolls on.
const PART = 0.8;

function watch(place, n) {
  const box = place.parentElement;
  const words = box.querySelector(".wide-words");
  const more = box.querySelector(".wide-more");
  words.id = `wide-${n}`;
  const look = () => {
    const left = place.scrollLeft;
    const right = place.scrollWidth - place.clientWidth - left;
    box.classList.toggle("goes-left", left > 1);
    box.classList.toggle("goes-right", right > 1);
    more.hidden = right <= 1;
    if (left > 1 || right > 1) place.setAttribute("aria-describedby", words.id);
    else place.removeAttribute("aria-describedby");
  };
  more.addEventListener("click", () => place.scrollBy({ left: PART * place.clientWidth, behavior: "smooth" }));
  place.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(place);
}

document.querySelectorAll(".wide > .table-scroll").forEach(watch);
