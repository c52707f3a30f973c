// A view made ready for a presentation: another choice changes the preview and every file's address.
const form = document.getElementById("present");
const picture = document.getElementById("present-image");
let asked = 0;

/** Return what the form asks for; a selection's first choice is its default and is not said. */
function question() {
  const params = new URLSearchParams(new FormData(form));
  for (const field of form.querySelectorAll("select")) {
    if (!field.value || (field.id !== "size" && field.selectedIndex === 0)) params.delete(field.name);
  }
  return params.toString();
}

const addressed = (path, query) => (query ? `${path}?${query}` : path);

async function change() {
  const query = question();
  const turn = ++asked;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(addressed(form.dataset.address, query));
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    if (turn !== asked) return;
    tell(told, query);
  } catch {
    // As without script: the form is sent, and the page says what is wrong.
    if (turn === asked) form.submit();
  } finally {
    if (turn === asked) form.removeAttribute("aria-busy");
  }
}

function tell(told, query) {
  history.replaceState(null, "", addressed(location.pathname, query));
  document.getElementById("present-title").textContent = told.title;
  document.getElementById("present-counts").textContent = told.counts;
  document.getElementById("present-status").textContent = [told.title, told.counts, ...told.notes].join(". ");
  document.getElementById("present-notes").replaceChildren(...told.notes.map((note) => {
    const item = document.createElement("li");
    item.textContent = note;
    return item;
  }));
  picture.alt = told.short;
  picture.hidden = !told.picture;
  if (told.picture) picture.src = told.picture;
  document.getElementById("present-slides").hidden = !told.slides;
  const slides = document.getElementById("present-slides-image");
  slides.alt = told.slides_words;
  if (told.slides) slides.src = told.slides;
  for (const link of document.querySelectorAll("a[data-address]")) link.href = addressed(link.dataset.address, query);
  for (const other of document.querySelectorAll("form[data-address]")) {
    if (other !== form) other.action = addressed(other.dataset.address, query);
  }
}

form.querySelector(".apply").hidden = true;
form.addEventListener("change", change);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  change();
});
document.documentElement.dataset.ready = "true";
