// A message when the connection is lost, and another when it is back; a search is then made again.
const BACK_MS = 4000;

export function watchConnection(texts) {
  const box = document.getElementById("connection");
  let timer;
  const tell = (text, passes) => {
    clearTimeout(timer);
    box.textContent = text;
    box.hidden = false;
    if (passes) timer = setTimeout(() => { box.hidden = true; }, BACK_MS);
  };
  window.addEventListener("offline", () => tell(texts.offline, false));
  window.addEventListener("online", () => {
    tell(texts.online, true);
    const field = document.activeElement;
    if (field?.matches("input[type=search]") && field.value) field.dispatchEvent(new Event("input"));
  });
  if (!navigator.onLine) tell(texts.offline, false);
}
