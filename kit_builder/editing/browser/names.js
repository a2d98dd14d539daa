// What fields, items and languages of a file are called.
const firstText = (text) => (isGroup(text) ? Object.values(text)[0] : text);

// What an item is called in lists: its name, its group with the language, or its text.
function nameOf(item) {
  const text = firstText(item.name ?? item.group ?? item.title ?? item.text) ?? "";
  const short = [...text].length > 60 ? `${[...text].slice(0, 60).join("")}…` : text;
  const parts = [short, speaks(item.language) && GIVEN.languages[item.language], item.date].filter(Boolean);
  return parts.map((part) => `\u2068${part}\u2069`).join(", ") || item.id || ""; // each in its own direction
}

function freeId(others, start) {
  const taken = others.map(({ id }) => id);
  let number = 1;
  while (taken.includes(`${start}-${number}`)) number += 1;
  return `${start}-${number}`;
}

// The languages in which the file has texts and which are not official ones.
function languagesIn(value, found = new Set()) {
  if (Array.isArray(value)) value.forEach((inner) => languagesIn(inner, found));
  else if (isGroup(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "string" && speaks(key)) found.add(key);
      languagesIn(inner, found);
    }
  }
  return [...found];
}

// The labels on the way to a place, from outside in: "Discussion meeting 1 – Where the meeting is held". The round is named
// where there are several.
function named(path, file) {
  const found = [];
  let field = { kind: "group", fields: GIVEN.fields };
  for (const part of path) {
    if (typeof part === "number" && field.item?.kind === "group") {
      found.push(word("item", { what: field.item.label, number: part + 1 }));
      field = field.item;
    } else if (field.kind === "group") {
      field = field.fields.find(({ key }) => key === part) ?? {};
      if (field.item?.kind !== "group" || part === path.at(-1)) found.push(field.label ?? part);
    } else if (speaks(part)) found.push(GIVEN.languages[part]);
  }
  const inOnlyRound = path[0] === "rounds" && found.length > 1 && file.rounds.length < 2;
  return found.slice(inOnlyRound ? 1 : 0).join(" – ");
}
