// A search for a post that leads to a page: hits as one types, the form as it is without.
import { Search, hitsFrom } from "./search.js";

for (const form of document.querySelectorAll("form.chooser")) {
  const { target, search, none } = form.dataset;
  new Search(form, hitsFrom(search), { noHits: none }, (hit) => location.assign(target.replace("__id__", encodeURIComponent(hit.post.id))));
}
