// The page for presentations: a changed option updates the preview and all links.
const form = document.getElementById("present");
const picture = document.getElementById("present-image");
/** Parameters of the whole visit, kept in every link of the page. */
const VISIT = ["lang", "names", "date"];
let asked = 0;

/** Return the parameters of the form; the first option of a select is its default and omitted. */
function question() {
  const params = new URLSearchParams(new FormData(form));
  for (const field of form.querySelectorAll("select")) {
    if (!field.value || (field.id !== "size" && field.selectedIndex === 0)) params.delete(field.name);
  }
  return params;
}

/** Tell whether a field has the value with which the server sent it. */
function isAsSent(field) {
  if (field.type === "checkbox") return field.checked === field.defaultChecked;
  if (!field.options) return true;
  const sent = [...field.options].findIndex((one) => one.defaultSelected);
  return field.selectedIndex === Math.max(0, sent);
}

const addressed = (path, query) => (query ? `${path}?${query}` : path);

async function change() {
  const params = question();
  const turn = ++asked;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(addressed(form.dataset.address, params.toString()));
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    if (turn !== asked) return;
    readdress(params, told);
    tell(told);
  } catch {
    // As without JavaScript: the form is sent, and the page reports the error.
    if (turn === asked) form.submit();
  } finally {
    if (turn === asked) form.removeAttribute("aria-busy");
  }
}

/** Write the options to the URL of the page and to its links. */
function readdress(params, told) {
  const query = params.toString();
  history.replaceState(null, "", addressed(form.getAttribute("action"), query));
  for (const link of document.querySelectorAll("a[data-address]")) link.href = addressed(link.dataset.address, query);
  for (const other of document.querySelectorAll("form[data-address]")) {
    if (other !== form) other.action = addressed(other.dataset.address, query);
  }
  document.getElementById("present-back").href = told.back_href;
  for (const link of document.querySelectorAll(".languages a, .names-switch")) {
    const own = new URL(link.href).searchParams;
    const name = link.matches(".names-switch") ? "names" : "lang";
    const other = new URLSearchParams(params);
    other.delete(name);
    // The link for names toggles the current state; a language link has a fixed value.
    const value = name === "lang" ? own.get("lang") : params.has("names") ? null : "off";
    if (value) other.set(name, value);
    link.href = addressed(form.getAttribute("action"), other.toString());
  }
  for (const link of document.querySelectorAll(".top a:not(.names-switch)")) {
    if (link.closest(".languages")) continue;
    const address = new URL(link.href);
    for (const name of VISIT) {
      if (params.has(name)) address.searchParams.set(name, params.get(name));
      else address.searchParams.delete(name);
    }
    link.href = address.href;
  }
}

function tell(told) {
  const names = document.querySelector(".names-switch");
  if (names) names.textContent = told.names_switch;
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
}

// A server may close the connection before it can report that an upload is too large.
const template = document.getElementById("template");
template.addEventListener("change", () => {
  const isTooLarge = [...template.files].some((file) => file.size > Number(template.dataset.most));
  template.setCustomValidity(isTooLarge ? template.dataset.tooLarge : "");
  template.reportValidity();
});

form.querySelector(".apply").hidden = true;
form.addEventListener("change", change);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  change();
});
// Options that were changed before this script ran, or that the browser has restored.
if (![...form.elements].every(isAsSent)) change();
document.documentElement.dataset.ready = "true";
