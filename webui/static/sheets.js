// On paper the chart is on sheets, which the server draws of the state that is shown. They are fetched
// when printing begins, and printing waits for a synchronous request only.
const place = document.getElementById("sheets");

/** Return the sheets of the state that is shown; none without a connection. */
function sheets() {
  const request = new XMLHttpRequest();
  const state = new URL(document.querySelector(".present-link").href).searchParams;
  // The room of the window decides which layers open by themselves.
  const room = window.explorer?.source.room?.name;
  if (room) state.set("room", room);
  request.open("GET", `${place.dataset.address}?${state}`, false);
  try {
    request.send();
  } catch {
    return [];
  }
  if (request.status !== 200) return [];
  return [...request.responseXML.documentElement.children].map((one) => {
    const { width, height } = one.viewBox.baseVal;
    const sheet = document.importNode(one, true);
    sheet.classList.toggle("upright", height > width);
    return sheet;
  });
}

window.addEventListener("beforeprint", () => {
  const found = sheets();
  if (found.length) place.replaceChildren(...found);
  else place.textContent = place.dataset.missing;
});
window.addEventListener("afterprint", () => place.replaceChildren());
