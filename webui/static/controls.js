// Colours, filters, highlighted groups and the date: applied on change.
export class Controls {
  constructor(form, actions) {
    this.form = form;
    this.actions = actions;
    this.names = new Set([...form.elements].map((field) => field.name).filter(Boolean));
    for (const field of form.querySelectorAll("input[type=hidden]")) this.names.delete(field.name);
    form.querySelector(".apply").hidden = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.changed(event.target));
    this.filters = form.querySelector(".filters");
    form.querySelector("#filters-clear").addEventListener("click", (event) => {
      event.preventDefault();
      for (const box of this.boxes()) box.checked = false;
      this.actions.apply(this.values(this.boxes()));
    });
    this.filters.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.filters.contains(event.relatedTarget)) this.filters.open = false;
    });
    this.connectDate(form.querySelector("[data-reloads]"));
    this.filters.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.filters.open) return;
      this.filters.open = false;
      this.filters.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (this.filters.open && !this.filters.contains(event.target)) this.filters.open = false;
    });
  }

  boxes() {
    return [...this.form.querySelectorAll("input[type=checkbox]")];
  }

  changed(field) {
    if (field.type === "checkbox") this.actions.apply(this.values(this.boxes()));
    else if (!("reloads" in field.dataset)) this.actions.apply(this.values([field]));
  }

  /** Another date is another page, opened when the date is complete, not at each digit. */
  connectDate(field) {
    const open = () => {
      if (field.value !== field.defaultValue) this.actions.reload(new Map([[field.name, [field.value]]]));
    };
    field.addEventListener("blur", open);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") open();
    });
    window.addEventListener("pageshow", () => { field.value = field.defaultValue; });
  }

  /** Return the values of some fields by name; the first option of a select is its default. */
  values(fields) {
    const found = new Map(fields.map((field) => [field.name, []]));
    for (const field of fields) {
      const isDefault = field.tagName === "SELECT" && field.selectedIndex === 0;
      if (isDefault || (field.type === "checkbox" && !field.checked)) continue;
      found.get(field.name).push(field.value);
    }
    return found;
  }

  /** Restore the controls after a change that failed. */
  restore(params) {
    for (const field of this.form.elements) {
      if (!this.names.has(field.name) || "reloads" in field.dataset) continue;
      if (field.type === "checkbox") field.checked = params.getAll(field.name).includes(field.value);
      else if (field.tagName === "SELECT") field.value = params.get(field.name) ?? field.options[0].value;
    }
  }

  /** Show the title of the legend and the number of filters. */
  tell(data) {
    document.getElementById("colors-title").textContent = `${this.form.querySelector("#color").selectedOptions[0].text}:`;
    document.getElementById("filters-active").textContent = data.filters;
  }
}
