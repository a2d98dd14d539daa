// The controls in which single values are written: each says its label, its example and what is wrong in it.
const Controls = (() => {
  const { languages } = GIVEN;
  const idOf = (path) => `at-${dotted(path)}`;
  const must = () => [" ", make("span", { class: "must" }, `(${word("required")})`)];
  const example = (field, id) =>
    field.example ? make("p", { class: "hint", id }, word("example", { example: field.example })) : "";

  // A label with its control, and places for its example and for what is wrong.
  function row(field, path, control, { label = field.label, language = null } = {}) {
    const id = idOf(path);
    control.id = id;
    const described = [];
    const title = make("label", { for: id }, label);
    if (language)
      title.append(
        label ? " – " : "",
        make("span", { lang: language }, speaks(language) ? languages[language] : language),
      );
    if (field.required) title.append(...must());
    const box = make("div", { class: "field", "data-path": dotted(path) });
    if (control.type === "checkbox") box.append(control, " ", title);
    else box.append(title);
    if (field.example) {
      box.append(example(field, `${id}-hint`));
      described.push(`${id}-hint`);
    }
    if (control.type !== "checkbox") box.append(control);
    box.append(make("p", { class: "wrong", id: `${id}-wrong`, hidden: true }));
    control.dataset.described = described.join(" ");
    if (field.required) control.setAttribute("aria-required", "true");
    if (described.length) control.setAttribute("aria-describedby", described.join(" "));
    return box;
  }

  const written = (text) => {
    const value = cleaned(text);
    return value.trim() ? value : null;
  };

  function input(value, attributes, set, event = "input") {
    const control = make(attributes.rows ? "textarea" : "input", { autocomplete: "off", ...attributes });
    control.value = value ?? "";
    control.addEventListener(event, () => set(written(control.value)));
    return control;
  }

  function select(value, options, set) {
    const control = make("select", {}, make("option", { value: "" }, word("choose")));
    const known = options.some(([id]) => id === value);
    for (const [id, name, language] of known || !value ? options : [...options, [value, value]]) {
      control.append(make("option", { value: id, lang: language, selected: id === value }, name));
    }
    control.addEventListener("change", () => set(control.value || null));
    return control;
  }

  function checkbox(checked, set) {
    const control = make("input", { type: "checkbox", checked });
    control.addEventListener("change", () => set(control.checked));
    return control;
  }

  const INPUTS = {
    number: { inputmode: "numeric", class: "short" },
    people: { inputmode: "numeric", class: "short" },
    revision: { inputmode: "numeric", class: "short" },
    id: { autocapitalize: "none", spellcheck: "false", class: "medium" },
    email: { inputmode: "email", autocapitalize: "none", spellcheck: "false" },
    phone: { inputmode: "tel", class: "medium" },
    "web-address": { inputmode: "url", autocapitalize: "none", spellcheck: "false" },
    logo: { autocapitalize: "none", spellcheck: "false" },
  };

  // A control of the browser's own for dates and times, unless the file holds something that it can't show.
  function moment(kind, value, pattern, set) {
    const fits = value === null || value === undefined || new RegExp(pattern).test(value);
    return input(value, { type: fits ? kind : "text", class: "medium" }, set, fits ? "change" : "input");
  }

  const languageOptions = () => Object.entries(languages).map(([code, name]) => [code, name, code]);

  // The control of a single value; `set` gets the new value, or null where nothing is written.
  function single(field, value, set, options) {
    if (field.kind === "flag" && [undefined, null, "true", "false"].includes(value)) {
      return checkbox(value === "true", (on) => set(on ? "true" : null));
    }
    if (field.kind === "date" || field.kind === "time") return moment(field.kind, value, field.pattern, set);
    if (options) return select(value, options, set);
    if (field.kind === "language") return select(value, languageOptions(), set);
    if (field.kind === "choice") {
      return select(
        value,
        field.choices.map((id) => [id, GIVEN.choices[id] ?? id]),
        set,
      );
    }
    return input(value, INPUTS[field.kind] ?? {}, set);
  }

  const long = (value, code, set) => input(value, { rows: 1, lang: code, dir: "auto" }, set);

  // Shows under a control what is wrong in it, or nothing.
  const tell = (path, messages) => tellById(idOf(path), messages);

  function tellById(id, messages) {
    const control = document.getElementById(id);
    const place = document.getElementById(`${id}-wrong`);
    if (!control || !place) return;
    const error = messages.some(({ severity }) => severity === "error");
    place.textContent = messages.map(({ message }) => message).join(" ");
    place.hidden = !messages.length;
    place.className = error ? "wrong" : "think";
    if (!control.matches("input, select, textarea")) return;
    control.setAttribute("aria-invalid", String(error));
    const described = [control.dataset.described, messages.length ? place.id : ""].filter(Boolean).join(" ");
    if (described) control.setAttribute("aria-describedby", described);
    else control.removeAttribute("aria-describedby");
  }

  return { row, must, example, single, long, checkbox, tell, tellById, idOf };
})();
