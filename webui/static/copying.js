// Buttons that copy the content of a field.
for (const button of document.querySelectorAll("button[data-copies]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  });
}
