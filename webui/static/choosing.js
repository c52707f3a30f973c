// A search for a post that opens a page: hits while typing; without hits the form is sent.
import { Search, hitsFrom } from "./search.js";

for (const form of document.querySelectorAll("form.chooser")) {
  const { target, search } = form.dataset;
  new Search(form, hitsFrom(search), (hit) => location.assign(target.replace("__id__", encodeURIComponent(hit.id))));
}
