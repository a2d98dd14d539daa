// Lays the fields of the schema out: groups, lists that grow, texts in several languages. The value that is edited is the
// one that is checked and written; a group in which nothing is written is left out.
class Fields {
  // `changed` is called after every change; `place` is the element that holds the fields.
  constructor(place, changed) {
    this.place = place;
    this.changed = changed;
    this.opened = new WeakSet();
    this.openParts = new Set();
    this.more = [];
  }

  // Lays out a file's value from its beginning.
  begin(file) {
    this.more = [];
    this.show(file);
  }

  show(file) {
    this.file = file;
    this.details = new Map();
    this.referring = [];
    this.more = [...new Set([...this.more, ...languagesIn(file)])];
    const [municipality, rounds] = GIVEN.fields;
    for (const round of file.rounds ?? []) this.opened.add(round);
    const sections = [
      section(municipality.label, [this.languageChoice(), ...this.group(municipality.fields, [municipality.key])]),
      section(rounds.label, [this.list(rounds, [rounds.key])]),
    ];
    this.place.replaceChildren(...sections);
    this.changed();
  }

  get official() {
    const given = this.file.municipality?.official_languages;
    const known = (Array.isArray(given) ? given : []).filter(speaks);
    return [...new Set(known.length ? known : [GIVEN.official.includes(GIVEN.page) ? GIVEN.page : GIVEN.official[1]])];
  }

  get(path) {
    return at(this.file, path);
  }

  // Writes a value, or takes it away (null), with the groups around it.
  set(path, value) {
    const [key, above] = [path.at(-1), path.slice(0, -1)];
    let holder = this.get(above);
    if (value === null) {
      if (holder === undefined || holder === null) return;
      delete holder[key];
      const empty = above.length > 1 && isGroup(holder) && !Object.keys(holder).length;
      if (empty && typeof above.at(-1) === "string") this.set(above, null);
    } else {
      if (!isGroup(holder) && !Array.isArray(holder)) {
        holder = {};
        this.set(above, holder);
      }
      holder[key] = value;
    }
    this.changed();
    if (["organisations", "discussion_meetings"].includes(path[2])) this.referring.forEach((draw) => draw());
  }

  group(fields, path) {
    return fields.map((field) => this.field(field, [...path, field.key])).filter(Boolean);
  }

  field(field, path) {
    if (field.kind === "texts") return this.texts(field, path);
    if (field.kind === "list") return this.someOf(field, path);
    if (field.kind === "by-language") return this.byLanguage(field, path);
    if (field.kind === "group") {
      const inner = this.group(field.fields, path);
      const part = path.length === 3 && path[0] === "rounds";
      return part ? this.part(field, path, inner) : fieldset(field.label, inner, Controls.idOf(path));
    }
    const row = () => {
      const options = field.refersTo ? this.references(field, path) : null;
      const control = Controls.single(field, this.get(path), (value) => this.set(path, value), options);
      if (path.length === 5) this.follow(control, path);
      return Controls.row(field, path, control);
    };
    return field.refersTo ? this.current(row) : row();
  }

  // Some values follow others: what refers to an id follows the id, and the id of a meeting follows its language.
  follow(control, path) {
    const [key, list, round] = [path[4], path[2], path.slice(0, 2)];
    let old = this.get(path);
    control.addEventListener("change", () => {
      const value = this.get(path);
      if (key === "id" && old && value) this.rename(round, list, old, value);
      if (key === "language" && list === "discussion_meetings" && value) this.nameMeeting(path.slice(0, 4), value);
      old = value;
    });
  }

  // An element that is made anew whenever what it refers to has changed.
  current(made) {
    let element = made();
    this.referring.push(() => {
      if (element.contains(document.activeElement)) return;
      const newer = made();
      element.replaceWith(newer);
      element = newer;
    });
    return element;
  }

  rename(round, list, old, id) {
    const { discussion_meetings: meetings = [], findings = [], proposals = [] } = this.get(round);
    if (this.get([...round, list]).some((other) => other.id === old)) return;
    if (list === "organisations") {
      for (const { organisations = [] } of meetings) {
        organisations.forEach((one, index) => {
          if (one === old) organisations[index] = id;
        });
      }
    } else if (list === "discussion_meetings") {
      for (const told of [...findings, ...proposals]) if (told.meeting === old) told.meeting = id;
    }
    this.changed();
    this.referring.forEach((draw) => draw());
  }

  nameMeeting(path, language) {
    const meeting = this.get(path);
    if (meeting.id && !/^([a-z]{2,3}|meeting)-[0-9]+$/.test(meeting.id)) return;
    const old = meeting.id;
    const others = this.get(path.slice(0, 3)).filter((other) => other !== meeting);
    meeting.id = freeId(others, language);
    if (old) this.rename(path.slice(0, 2), "discussion_meetings", old, meeting.id);
    const control = document.getElementById(Controls.idOf([...path, "id"]));
    if (control) control.value = meeting.id;
    this.changed();
  }

  references(field, path) {
    const known = this.get([...path.slice(0, 2), field.refersTo]) ?? [];
    return known.filter(({ id }) => id).map((one) => [one.id, nameOf(one)]);
  }

  texts(field, path) {
    const value = this.get(path);
    if (typeof value === "string") {
      const label = `${field.label} (${word("every-language")})`;
      return Controls.row(
        field,
        path,
        Controls.long(value, null, (text) => this.set(path, text)),
        { label },
      );
    }
    const codes = [...new Set([...this.official, ...this.more, ...Object.keys(value ?? {})])];
    const one = (code, described) => {
      const set = (text) => this.set([...path, code], text);
      return Controls.row(described, [...path, code], Controls.long(value?.[code], code, set), {
        label: described.label,
        language: code,
      });
    };
    if (codes.length === 1) return one(codes[0], field);
    const rows = codes.map((code) => one(code, { label: "" }));
    const inner = [Controls.example(field), make("div", { class: "languages-of" }, ...rows)];
    return fieldset(field.label, inner, Controls.idOf(path), field.required);
  }

  byLanguage(field, path) {
    const codes = [...new Set([...this.official, ...Object.keys(this.get(path) ?? {})])];
    const rows = codes.map((language) => {
      const here = [...path, language];
      const control = Controls.single(field.item, this.get(here), (value) => this.set(here, value));
      return Controls.row({ ...field.item, label: "" }, here, control, { label: "", language });
    });
    return fieldset(field.label, rows, Controls.idOf(path));
  }

  someOf(field, path) {
    if (field.refersTo) return this.current(() => this.chosen(field, path));
    if (field.item.kind !== "group") return this.several(field, path);
    const part = path.length === 3;
    const inner = [this.list(field, path)];
    return part ? this.part(field, path, inner) : fieldset(field.label, inner, Controls.idOf(path));
  }

  // A list of ids, chosen from what has these ids.
  chosen(field, path) {
    const now = this.get(path) ?? [];
    const options = this.references(field, path);
    for (const id of now) if (!options.some(([known]) => known === id)) options.push([id, id]);
    const rows = options.map(([id, name]) => {
      const control = Controls.checkbox(now.includes(id), (on) => {
        const rest = (this.get(path) ?? []).filter((one) => one !== id);
        this.setItems(path, on ? [...rest, id] : rest);
      });
      return Controls.row({ label: name }, [...path, id], control);
    });
    return fieldset(
      field.label,
      rows.length ? rows : [make("p", { class: "hint" }, word("nothing-yet"))],
      Controls.idOf(path),
    );
  }

  // A list keeps being the list it was read as, so that its comments stay.
  setItems(path, items) {
    const now = this.get(path);
    if (!items.length) this.set(path, null);
    else if (now) {
      now.splice(0, now.length, ...items);
      this.changed();
    } else this.set(path, items);
  }

  // A list of single values, such as languages, in an order that matters.
  several(field, path) {
    const box = make("div", {});
    const draw = () => {
      const now = this.get(path) ?? [];
      const rows = [...now, null].map((value, index) => {
        const control = Controls.single(field.item, value, (chosen) => {
          const items = [...(this.get(path) ?? [])];
          items.splice(index, 1, ...(chosen ? [chosen] : []));
          this.setItems(path, items);
          if (path.at(-1) === "official_languages") this.show(this.file);
          else draw();
          document.getElementById(Controls.idOf([...path, index]))?.focus();
        });
        return Controls.row({ label: String(index + 1) }, [...path, index], control);
      });
      box.replaceChildren(...rows);
    };
    draw();
    return fieldset(field.label, [box], Controls.idOf(path), field.required);
  }

  // A part of a round, folded until there is something in it or somebody opens it.
  part(field, path, inner) {
    const now = this.get(path);
    const count = Array.isArray(now) && now.length ? ` (${now.length})` : "";
    const folded = make(
      "details",
      { class: "part", id: Controls.idOf(path), open: this.openParts.has(dotted(path)) },
      make("summary", {}, make("h3", {}, field.label + count)),
      wrongPlace(Controls.idOf(path)),
      ...inner,
    );
    folded.addEventListener("toggle", () => this.openParts[folded.open ? "add" : "delete"](dotted(path)));
    this.details.set(dotted(path), { folded, fill: () => {} });
    return folded;
  }

  list(field, path) {
    const items = this.get(path) ?? [];
    const add = make("button", { type: "button", class: "add" }, word("add", { what: field.item.label }));
    add.addEventListener("click", () => {
      const item = this.begun(path);
      this.opened.add(item);
      this.setItems(path, [...(this.get(path) ?? []), item]);
      this.show(this.file);
      this.reveal([...path, this.get(path).length - 1]).focus();
    });
    const full = items.length >= (field.most ?? Infinity);
    const shown = items.map((_, index) => this.item(field, [...path, index]));
    return make("div", { class: "list", id: `${Controls.idOf(path)}-list` }, ...shown, ...(full ? [] : [add]));
  }

  item(field, path) {
    const value = this.get(path);
    const name = word("item", { what: field.item.label, number: path.at(-1) + 1 });
    const own = make("bdi", { class: "own" });
    const folded = make(
      "details",
      { class: "item", open: this.opened.has(value) },
      make("summary", {}, name, " ", own),
    );
    const inside = make("div", { role: "group", "aria-label": name, id: Controls.idOf(path) });
    const fill = () => {
      if (!inside.childElementCount) inside.append(...this.group(field.item.fields, path), this.removal(path, name));
    };
    const turned = () => {
      this.opened[folded.open ? "add" : "delete"](value);
      own.textContent = folded.open ? "" : nameOf(value);
      if (folded.open) fill();
    };
    folded.addEventListener("toggle", turned);
    turned();
    folded.append(inside);
    this.details.set(dotted(path), { folded, fill });
    return folded;
  }

  removal(path, name) {
    const list = path.slice(0, -1);
    const remove = make("button", { type: "button", class: "remove" }, word("remove", { what: name }));
    remove.addEventListener("click", () => {
      if (Object.keys(this.get(path)).length > 1 && !confirm(`${remove.textContent}?`)) return;
      const rest = this.get(list).filter((_, index) => index !== path.at(-1));
      this.setItems(list, rest);
      this.show(this.file);
      document
        .getElementById(`${Controls.idOf(list)}-list`)
        .querySelector(":scope > .add")
        .focus();
    });
    return make("p", {}, remove);
  }

  // What a new item begins with: an id that is free.
  begun(path) {
    const ids = { organisations: "org", discussion_meetings: "meeting" };
    const known = this.get(path) ?? [];
    if (path.at(-1) === "rounds") return { id: String(new Date().getFullYear()) };
    return ids[path.at(-1)] ? { id: freeId(known, ids[path.at(-1)]) } : {};
  }

  languageChoice() {
    const rows = Object.keys(GIVEN.languages)
      .filter((code) => !this.official.includes(code))
      .map((code) => {
        const control = Controls.checkbox(this.more.includes(code), (on) => {
          this.more = this.more.filter((other) => other !== code).concat(on ? [code] : []);
          this.show(this.file);
          this.details.get("languages").folded.open = true;
          document.getElementById(control.id).focus();
        });
        return Controls.row({ label: "" }, ["language", code], control, { label: "", language: code });
      });
    const folded = make("details", { class: "part" }, make("summary", {}, word("in-other-languages")), ...rows);
    this.details.set("languages", { folded, fill: () => {} });
    return folded;
  }

  // Opens what is folded around a place and gives back its control, or the nearest thing around it.
  reveal(path) {
    for (let length = 1; length <= path.length; length += 1) {
      const there = this.details.get(dotted(path.slice(0, length)));
      if (there) {
        there.folded.open = true;
        there.fill();
      }
    }
    for (let length = path.length; length; length -= 1) {
      const found = document.getElementById(Controls.idOf(path.slice(0, length)));
      if (found?.matches("input, select, textarea")) return found;
      if (found) return found.querySelector("input, select, textarea, button, summary") ?? found;
    }
    return this.place.querySelector("input");
  }
}

const section = (title, inner) => make("section", {}, make("h2", {}, title), ...inner);

function fieldset(label, inner, id, required = false) {
  const legend = make("legend", {}, label, ...(required ? Controls.must() : []));
  return make("fieldset", { id }, legend, ...inner, wrongPlace(id));
}

const wrongPlace = (id) => make("p", { class: "wrong", id: `${id}-wrong`, hidden: true });
