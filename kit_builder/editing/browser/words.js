// What the page was given (kit_builder/site/form_pages.py): the fields, the sentences, the registry, the method's numbers.
const GIVEN = JSON.parse(document.getElementById("data").textContent);

const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));

// A sentence of data/content/sentences.yml, "group.name", as kit_builder/sentences.py says it.
function say(id, values = {}) {
  const [group, name] = id.split(".");
  return filled(GIVEN.sentences[group][name], values);
}

// A text of data/content/form.yml.
const word = (name, values = {}) => filled(GIVEN.form[name], values);

const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// Whether a value is the code of a language that the kit speaks.
const speaks = (code) => typeof code === "string" && Object.hasOwn(GIVEN.languages, code);

// A place in the file as `kit check` writes it: rounds[0].findings[3].text.fi
const dotted = (path) =>
  path.reduce((text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part), "");

// The value at a place, or undefined.
const at = (value, path) => path.reduce((inner, part) => (inner === null ? undefined : inner?.[part]), value);

// Signs that act without being seen come along when text is copied; `kit check` refuses them (kit_builder/characters.py).
// The sign for a lost letter stays: a person must type the letter anew.
const UNSEEN = new RegExp(GIVEN.values.forbidden, "gu");
const cleaned = (text) =>
  text.replace(UNSEEN, (sign) => (sign === "\ufffd" ? sign : /[\x85\u2028\u2029]/.test(sign) ? " " : ""));

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}
