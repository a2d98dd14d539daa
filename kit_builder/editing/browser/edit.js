// The page: where one starts, what is kept, what is wrong, and where the file goes.
(() => {
  const KEPT = "meeting-kit-file";
  const [keep, forget, kept, opened, saved, send, summary] = [
    "keep",
    "forget",
    "kept",
    "opened",
    "saved",
    "send",
    "problems",
  ].map((id) => document.getElementById(id));
  const preview = new Invitation.Preview(document.getElementById("invitation"));
  let file = null;
  let unsaved = false;
  let checked = false;

  const fields = new Fields(document.getElementById("fields"), () => {
    unsaved = true;
    saved.textContent = "";
    send.replaceChildren();
    if (keep.checked) store();
    if (checked) tellInFields(problemsOf(file.value));
    preview.show(file.value);
  });

  function use(next) {
    file = next;
    checked = false;
    summary.replaceChildren();
    fields.begin(file.value);
    unsaved = false;
  }

  // What is kept in the browser

  function stored(action) {
    try {
      return action(localStorage);
    } catch {
      return null; // a browser may forbid it: then nothing is kept
    }
  }

  function store() {
    stored((box) => box.setItem(KEPT, MunicipalityFile.write(file)));
    kept.textContent = word("kept");
    forget.hidden = false;
  }

  function forgetAll() {
    stored((box) => box.removeItem(KEPT));
    keep.checked = false;
    forget.hidden = true;
    kept.textContent = word("forgotten");
  }

  keep.addEventListener("change", () => (keep.checked ? store() : forgetAll()));
  forget.addEventListener("click", () => {
    forgetAll();
    keep.focus();
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !keep.checked) event.preventDefault();
  });

  // Where one starts

  const mayReplace = () => !unsaved || confirm(word("start-over"));

  const empty = () => ({ municipality: {}, rounds: [{ id: String(new Date().getFullYear()) }] });

  function startWith({ id, code, languages, name }) {
    const names = Object.fromEntries(languages.map((language) => [language, name[language]]));
    use(
      MunicipalityFile.begin({
        ...empty(),
        municipality: { id, code, name: names, official_languages: [...languages] },
      }),
    );
    unsaved = true;
  }

  const registered = document.getElementById("municipality");
  for (const [index, entry] of GIVEN.registry.entries()) {
    const names = [entry.name[GIVEN.page] ?? entry.name.fi, ...Object.values(entry.name)];
    entry.shown = [...new Set(names)].join(" – ");
    entry.index = index;
  }
  const order = new Intl.Collator(GIVEN.page).compare;
  for (const entry of [...GIVEN.registry].sort((one, other) => order(one.shown, other.shown))) {
    registered.append(make("option", { value: entry.index }, entry.shown));
  }
  registered.addEventListener("change", () => {
    const entry = GIVEN.registry[registered.value];
    if (entry && mayReplace()) startWith(entry);
  });

  const chooser = document.getElementById("open");
  chooser.addEventListener("change", async () => {
    const [chosen] = chooser.files;
    if (!chosen || !mayReplace()) return;
    try {
      use(MunicipalityFile.open(await chosen.text()));
      opened.textContent = word("opened", { file: chosen.name });
      opened.className = "";
    } catch (error) {
      if (!(error instanceof MunicipalityFile.CannotOpen)) throw error;
      opened.textContent = error.message;
      opened.className = "wrong";
    }
    chooser.value = "";
  });

  // What is wrong

  function tellInFields(found) {
    for (const place of document.querySelectorAll("[id$=-wrong]:not([hidden])"))
      Controls.tellById(place.id.slice(0, -6), []);
    const byPlace = new Map();
    for (const problem of found) {
      const place = dotted(problem.shown);
      byPlace.set(place, [...(byPlace.get(place) ?? []), problem]);
    }
    for (const problems of byPlace.values()) Controls.tell(problems[0].shown, problems);
  }

  function list(heading, found) {
    if (!found.length) return [];
    const lines = found.map((problem) => {
      const link = make(
        "a",
        { href: "#" },
        make("span", { class: "where" }, `${named(problem.shown, file.value)}:`),
        " ",
        problem.message,
      );
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const control = fields.reveal(problem.shown);
        tellInFields(problemsOf(file.value));
        control.focus();
        control.scrollIntoView({ block: "center" });
      });
      return make("li", {}, link);
    });
    return [make("h3", {}, heading), make("ul", {}, ...lines)];
  }

  // Tells what is wrong, first in a list and then in the fields; gives back whether a kit can be made.
  function check() {
    checked = true;
    const found = problemsOf(file.value);
    const errors = found.filter(({ severity }) => severity === "error");
    const warnings = found.filter(({ severity }) => severity === "warning");
    const [error, warning] = [
      ["problem", errors],
      ["warning", warnings],
    ].map(([name, { length: count }]) => (count === 1 ? word(name) : word(`${name}s`, { count })));
    summary.replaceChildren(
      ...(errors.length ? [] : [make("p", { class: "sound" }, word("sound"))]),
      ...list(error, errors),
      ...list(warning, warnings),
    );
    summary.className = errors.length ? "wrong" : "told";
    tellInFields(found);
    return !errors.length;
  }

  document.getElementById("check").addEventListener("click", () => {
    check();
    summary.focus();
  });

  // Where the file goes

  document.getElementById("save").addEventListener("click", () => {
    const sound = check();
    const id = file.value.municipality?.id ?? "";
    const name = `${/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) ? id : "municipality"}.yml`;
    const address = URL.createObjectURL(new Blob([MunicipalityFile.write(file)], { type: "text/yaml" }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    unsaved = false;
    saved.textContent = word(sound ? "saved" : "saved-unfinished", { file: name });
    const subject = encodeURIComponent(word("mail-subject", { file: name }));
    const body = encodeURIComponent(word("mail-body", { file: name }));
    send.replaceChildren(
      make(
        "li",
        {},
        make("a", { href: `mailto:${GIVEN.inbox}?subject=${subject}&body=${body}` }, word("attach", { file: name })),
      ),
    );
    if (GIVEN.upload) send.append(make("li", {}, make("a", { href: GIVEN.upload }, word("upload", { file: name }))));
  });

  // The beginning

  const found = stored((box) => box.getItem(KEPT));
  const wanted = GIVEN.registry.find(({ id }) => id === location.hash.slice(1));
  use(MunicipalityFile.begin(empty()));
  forget.hidden = !found;
  if (found) {
    try {
      use(MunicipalityFile.open(found));
      keep.checked = true;
      kept.textContent = word("found-kept");
    } catch {
      forgetAll();
    }
  } else if (wanted) {
    startWith(wanted);
    registered.value = wanted.index;
  }
  document.getElementById("form").hidden = false;
  preview.show(file.value);
})();
