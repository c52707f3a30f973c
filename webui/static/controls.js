// Colours, filters, highlighted groups and the date: applied on change.
export class Controls {
  constructor(actions) {
    const form = (this.form = document.getElementById("controls"));
    this.actions = actions;
    this.names = new Set([...form.elements].map((field) => field.name).filter(Boolean));
    for (const field of form.querySelectorAll("input[type=hidden]")) this.names.delete(field.name);
    form.querySelector(".apply").hidden = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.changed(event.target));
    this.filters = form.querySelector(".filters");
    this.connect("filters-clear", () => this.clear(this.boxes()));
    this.connect("named-clear", () => this.clear([...this.boxes(), ...form.querySelectorAll("#light")]));
    this.connect("reset", () => {
      this.filters.open = false;
      actions.reset();
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

  /** Do without another page what a link does without a script. */
  connect(id, action) {
    document.getElementById(id).addEventListener("click", (event) => {
      event.preventDefault();
      action();
    });
  }

  /** Return the boxes of the filters. */
  boxes() {
    return [...this.form.querySelectorAll("fieldset input[type=checkbox]")];
  }

  clear(fields) {
    for (const field of fields) {
      if (field.tagName === "SELECT") field.selectedIndex = 0;
      else field.checked = false;
    }
    this.actions.apply(this.values(fields));
  }

  changed(field) {
    const boxes = this.boxes();
    if (boxes.includes(field)) this.actions.apply(this.values(boxes));
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

  /** Show in the controls what is shown, also after a change that failed and after a step back. */
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
    const active = document.getElementById("filters-active");
    active.textContent = data.filter_count || "";
    active.setAttribute("aria-label", data.filters);
  }
}
