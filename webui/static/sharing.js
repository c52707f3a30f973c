// A button that copies the address of the page.
for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    button.parentElement.querySelector(".copied").textContent = button.dataset.copied;
  });
}
