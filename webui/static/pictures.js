// A picture wider than its container says so, and is scrolled to its selected card.
for (const place of document.querySelectorAll(".picture-scroll")) {
  const hint = place.parentElement.querySelector(".picture-hint");
  if (hint) hint.hidden = place.scrollWidth <= place.clientWidth + 1;
  const frame = [...place.querySelectorAll(".selected")].find((one) => one.getBoundingClientRect().width);
  if (!frame) continue;
  const [box, at] = [place.getBoundingClientRect(), frame.getBoundingClientRect()];
  place.scrollLeft += at.left + at.width / 2 - box.left - box.width / 2;
  place.scrollTop += Math.max(0, at.bottom - box.bottom + at.height);
}
