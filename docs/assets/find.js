// Finds municipalities by name and actions by words, written in small letters and without accents as well.
const fold = (text) =>
  text.toLowerCase().replaceAll("đ", "d").normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

function findMunicipality(form) {
  const { kits, municipalities } = JSON.parse(document.getElementById("municipalities").textContent);
  const every = municipalities.map(([id, ...names]) => ({ id, names, folded: names.map(fold) }));
  const known = [...every.filter(({ id }) => kits.includes(id)), ...every.filter(({ id }) => !kits.includes(id))];
  const [field, list, status] = ["input", "ul", "[role=status]"].map((name) => form.querySelector(name));
  const { open, start, page, up, nothing } = form.dataset;

  const line = ({ id, names }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const name = names.join(" – ");
    if (kits.includes(id)) {
      link.href = `${up}kits/${id}/index.html`;
      link.textContent = `${name}: ${open}`;
      item.append(link);
    } else {
      link.href = `${page}#${id}`;
      link.textContent = `${name}: ${start}`;
      const command = document.createElement("code");
      command.textContent = `kit new ${id}`;
      item.append(link, " ", command);
    }
    return item;
  };

  const show = () => {
    const wanted = fold(field.value);
    const begins = (one) => one.folded.some((name) => name.startsWith(wanted));
    const holds = (one) => !begins(one) && one.folded.some((name) => name.includes(wanted));
    const found = wanted ? [...known.filter(begins), ...known.filter(holds)].slice(0, 8) : [];
    list.replaceChildren(...found.map(line));
    status.textContent = wanted && !found.length ? nothing : "";
  };

  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
}

function filterActions(form) {
  const rows = [...document.querySelectorAll("table.decided tbody tr")].map((row) => [row, fold(row.textContent)]);
  const [field, status] = ["input", "[role=status]"].map((name) => form.querySelector(name));
  const choices = [...form.querySelectorAll("select")];

  const show = () => {
    const words = fold(field.value).split(" ");
    let shown = 0;
    for (const [row, text] of rows) {
      const chosen = choices.every((choice) => !choice.value || row.dataset[choice.dataset.by].split(" ").includes(choice.value));
      row.hidden = !(chosen && words.every((word) => text.includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    for (const section of document.querySelectorAll("section.decided")) {
      section.hidden = !section.querySelector("tbody tr:not([hidden])");
    }
    status.textContent = `${status.dataset.found} ${shown}`;
  };

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

for (const form of document.querySelectorAll("form[data-find]")) {
  (form.dataset.find === "actions" ? filterActions : findMunicipality)(form);
  form.hidden = false;
}
