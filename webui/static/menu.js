// The menus of a page close on Escape and on a click outside them.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    event.preventDefault();
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});
