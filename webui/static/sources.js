// Source popovers: one is open at a time; Escape and a click elsewhere close it.
const opened = () => document.querySelectorAll("details.source[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const details of opened()) {
    details.open = false;
    if (details.contains(document.activeElement)) details.querySelector("summary").focus();
    event.stopPropagation();
  }
}, true);

document.addEventListener("click", (event) => {
  for (const details of opened()) if (!details.contains(event.target)) details.open = false;
});
