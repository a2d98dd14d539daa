// What is wrong with single values, in the sentences of `kit check` (kit_builder/values.py, schema.py, validation.py).
// A problem: `path` is the place that `kit check` names, `shown` the field where the form says it.
const Kinds = (() => {
  const { values } = GIVEN;
  const told = (value) => (value === null ? "nothing" : `'${value}'`);
  const whole = (pattern) => new RegExp(pattern, "u");
  const letters = (text) => [...text].length;

  class Wrong extends Error {}
  const refuse = (id, given) => {
    throw new Wrong(say(`schema.${id}`, given));
  };

  // A text on one line, its letters composed.
  function toText(value) {
    if (value === null) refuse("no-text");
    const text = value
      .split(/[\s\x1c-\x1f\x85]+/u)
      .filter(Boolean)
      .join(" ")
      .normalize("NFC");
    if (!text) refuse("empty-text");
    return text;
  }

  function fits(text, limit) {
    if (letters(text) > limit) refuse("too-long", { count: letters(text), limit });
    const long = text.split(" ").find((one) => letters(one) > values.longestWord);
    if (long) refuse("long-word", { word: [...long].slice(0, 20).join(""), count: letters(long) });
  }

  function number(value) {
    if (!/^[0-9]{1,6}$/.test(value ?? "")) refuse("number", { given: told(value) });
    return Number(value);
  }

  function language(value) {
    if (!/^[a-z]{2,3}$/.test(value ?? "")) refuse("language", { given: told(value) });
  }

  function date(value) {
    const parts = /^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})$/.exec(value ?? "");
    if (parts) {
      const right = `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}`;
      refuse("date-day-first", { right, given: value });
    }
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value ?? "")) refuse("date", { given: told(value) });
    const day = new Date(`${value}T00:00:00Z`);
    if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value || value.startsWith("0000")) {
      refuse("no-such-day", { given: value });
    }
    const year = day.getUTCFullYear();
    const { firstYear: first, lastYear: last } = values;
    if (year < first || year > last) refuse("year", { first, last, given: year });
  }

  function time(value, pattern) {
    if (/^([0-9]{1,2}\.[0-9]{2}|[0-9]:[0-9]{2})$/.test(value ?? "")) {
      refuse("time-form", { right: value.replace(".", ":").padStart(5, "0") });
    }
    if (!whole(pattern).test(value ?? "")) refuse("time", { given: told(value) });
  }

  function formed(value, { kind, pattern, limit }) {
    const text = toText(value);
    if (!whole(pattern).test(text) || letters(text) > (limit ?? Infinity)) {
      refuse(kind, { given: told(value), limit });
    }
  }

  const CHECKS = {
    line: (value, field) => fits(toText(value), field.limit),
    id: (value, field) => {
      if (!whole(field.pattern).test(value ?? "") || value.length > field.limit)
        refuse("short-id", { given: told(value) });
    },
    number,
    revision: (value) => {
      if (!/^[0-9]{1,2}$/.test(value ?? "")) refuse("revision", { given: told(value) });
    },
    people: (value) => {
      if (number(value) === 0) refuse("people");
    },
    flag: (value) => {
      if (value !== "true" && value !== "false") refuse("boolean", { given: told(value) });
    },
    language,
    date,
    time: (value, field) => time(value, field.pattern),
    choice: (value, field) => {
      const given = shown(value ?? "");
      if (!field.choices.includes(value)) refuse("choice", { given, allowed: field.choices.join(", ") });
    },
  };

  const shown = (text) => (letters(text) <= 40 ? text : `${[...text].slice(0, 40).join("")}…`);

  // A message as problems.py tells it: long quotations are cut.
  function oneLine(message) {
    return message
      .split(/\s+/)
      .filter(Boolean)
      .join(" ")
      .replace(/'([^']{120})[^']+'/gu, "'$1…'");
  }

  const description = (field) => {
    const { label } = field;
    const what = /^.\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
    return field.example ? say("schema.such-as", { what, example: field.example }) : what;
  };

  // Every problem of a value and of what is inside it.
  function problems(field, value, path, found) {
    const wrong = (message, place = path, shownAt = place) =>
      found.push({ path: place, shown: shownAt, severity: "error", message: oneLine(message) });
    const tried = (check, place) => {
      try {
        check();
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        wrong(error.message, place);
      }
    };
    if (value === null && field.empty) return;
    if (field.kind === "group") group(field, value, path, found, wrong);
    else if (field.kind === "list") list(field, value, path, found, wrong);
    else if (field.kind === "by-language") {
      for (const [code, inner] of Object.entries(value)) {
        tried(() => language(code), [...path, code]);
        problems(field.item, inner, [...path, code], found);
      }
    } else if (field.kind === "texts") texts(field, value, path, tried, wrong);
    else tried(() => (CHECKS[field.kind] ?? formed)(value, field), path);
  }

  function group(field, value, path, found, wrong) {
    for (const inner of field.fields) {
      const place = [...path, inner.key];
      if (inner.key in value) problems(inner, value[inner.key], place, found);
      else if (inner.required) {
        wrong(say("schema.missing-key", { key: inner.key, what: description(inner) }), path, place);
      }
    }
    const known = field.fields.map(({ key }) => key);
    for (const key of Object.keys(value)) {
      const message = () => say("schema.unknown-key", { key: shown(key), keys: known.join(", ") });
      if (!known.includes(key)) wrong(message(), [...path, key], path);
    }
  }

  function list(field, value, path, found, wrong) {
    if (field.filled && !value.length) wrong(say("schema.empty-list", { what: description(field) }));
    if (value.length > (field.most ?? Infinity)) {
      wrong(say("schema.too-many", { count: value.length, limit: field.most }), [...path, field.most]);
      return;
    }
    value.forEach((item, index) => problems(field.item, item, [...path, index], found));
  }

  function texts(field, value, path, tried, wrong) {
    if (!isGroup(value)) {
      let text = null;
      tried(() => (text = toText(value)), path);
      if (text !== null) tried(() => fits(text, field.limit), [...path, "*"]);
      return;
    }
    if (!Object.keys(value).length) wrong(say("schema.no-language"));
    for (const [code, text] of Object.entries(value)) {
      tried(() => language(code), [...path, code]);
      tried(() => fits(toText(text), field.limit), [...path, code]);
    }
  }

  // Every problem of the file's single values.
  function check(value) {
    const found = [];
    problems({ kind: "group", fields: GIVEN.fields }, value, [], found);
    if (Array.isArray(value.rounds) && !value.rounds.length) {
      const message = oneLine(say("schema.no-rounds"));
      found.push({ path: ["rounds"], shown: ["rounds"], severity: "error", message });
    }
    return found;
  }

  return { check };
})();
