// Reads and writes a municipality's file. As in kit_builder/loading.py, nothing is guessed: a value is the text that stands
// there. What the form does not change is written back as it was, with its comments.
const MunicipalityFile = (() => {
  const NOTHING = ["", "~", "null", "Null", "NULL"];
  const MAX_BYTES = 1_000_000;
  const PLAIN = /^[A-Za-z][A-Za-z0-9-]*$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const KEY = /^[a-z][a-z0-9_]*$/;
  const NUMBER = /^(0|[1-9][0-9]{0,5})$/;
  // Words that other programs which read YAML take for something else than text.
  const MEANT_OTHERWISE = /^(y|n|yes|no|on|off|true|false|null)$/i;
  const HEAD = " yaml-language-server: $schema=../municipality.schema.json";

  class CannotOpen extends Error {}

  // A new file with this value.
  const begin = (value) => ({ doc: null, nodes: new WeakMap(), value, text: "", first: "" });

  // The file with this text. Throws CannotOpen, whose message is for people.
  function open(original) {
    if (new TextEncoder().encode(original).length > MAX_BYTES) throw new CannotOpen(word("too-large"));
    const text = cleaned(original);
    const doc = YAML.parseDocument(text, { schema: "failsafe", logLevel: "silent" });
    const refuse = (offset) => {
      const line = text.slice(0, offset).split(/\r\n|\r|\n/).length;
      throw new CannotOpen(word("cannot-open", { line }));
    };
    const [slip] = [...doc.errors, ...doc.warnings];
    if (slip) refuse(slip.pos[0]);
    YAML.visit(doc, (_, node) => {
      if (YAML.isPair(node)) {
        const merge = node.key?.value === "<<" && node.key.type === "PLAIN";
        if (!YAML.isScalar(node.key) || merge) refuse((node.key ?? node.value)?.range?.[0] ?? 0);
      } else if (YAML.isAlias(node) || node?.anchor || node?.tag) refuse(node.range[0]);
    });
    const nodes = new WeakMap();
    const value = valueOf(doc.contents, nodes);
    if (!isGroup(value)) refuse(0);
    checkShape({ kind: "group", fields: GIVEN.fields }, value, []);
    return { doc, nodes, value, text, first: JSON.stringify(value) };
  }

  function valueOf(node, nodes) {
    if (node === null) return null;
    if (YAML.isScalar(node)) {
      const plain = node.type === "PLAIN" || !node.type;
      return plain && NOTHING.includes(node.value ?? "") ? null : node.value;
    }
    const value = YAML.isSeq(node)
      ? node.items.map((item) => valueOf(item, nodes))
      : Object.fromEntries(node.items.map(({ key, value: inner }) => [key.value, valueOf(inner, nodes)]));
    nodes.set(value, node);
    return value;
  }

  // The form can show any text in a field, but not a list where a text belongs.
  function checkShape(field, value, path) {
    const fits =
      {
        group: isGroup(value) || (value === null && field.empty === true),
        list: Array.isArray(value),
        "by-language": isGroup(value),
        texts: value === null || typeof value === "string" || isGroup(value),
      }[field.kind] ??
      (value === null || typeof value === "string");
    if (!fits) throw new CannotOpen(word("other-shape", { place: dotted(path) }));
    if (field.kind === "group" && value) {
      for (const inner of field.fields) {
        if (inner.key in value) checkShape(inner, value[inner.key], [...path, inner.key]);
      }
    } else if (field.kind === "list") {
      value.forEach((item, index) => checkShape(field.item, item, [...path, index]));
    } else if (field.kind === "by-language" || (field.kind === "texts" && isGroup(value))) {
      const inner = field.item ?? { kind: "line" };
      for (const [key, text] of Object.entries(value)) checkShape(inner, text, [...path, key]);
    }
  }

  // The file's text as it is now.
  function write(file) {
    if (file.doc && JSON.stringify(file.value) === file.first) return file.text;
    const doc = file.doc ?? new YAML.Document(null, { schema: "failsafe" });
    if (!file.doc) doc.commentBefore = HEAD;
    doc.contents = put({ kind: "group", fields: GIVEN.fields }, file.value, doc.contents, file.nodes);
    return doc.toString({ lineWidth: 0, flowCollectionPadding: false });
  }

  // The node for a value: the one it was read from, with what has changed in it, or a new one.
  function put(field, value, old, nodes) {
    if (value === null || typeof value === "string") return scalar(field, value, old);
    const known = nodes.get(value);
    if (Array.isArray(value)) {
      const node = known ?? new YAML.YAMLSeq();
      const before = [...node.items];
      node.items = value.map((item, index) => put(field?.item, item, nodeBefore(item, index, before), nodes));
      return node;
    }
    const node = known ?? new YAML.YAMLMap();
    node.items = node.items.filter((pair) => pair.key.value in value);
    for (const [key, inner] of Object.entries(value)) {
      const pair = node.items.find((one) => one.key.value === key);
      const described = fieldOf(field, key);
      if (pair) pair.value = put(described, inner, pair.value, nodes);
      else insert(node, field, new YAML.Pair(keyNode(key), put(described, inner, null, nodes)));
    }
    return node;
  }

  const nodeBefore = (item, index, before) =>
    typeof item === "string"
      ? (before.find((node) => YAML.isScalar(node) && node.value === item) ?? null)
      : before[index];

  const fieldOf = (field, key) => field?.fields?.find((inner) => inner.key === key) ?? field?.item ?? { kind: "texts" };

  // A new key stands where the schema has it: behind the keys that come before it there.
  function insert(node, field, pair) {
    const order = (field?.fields ?? []).map(({ key }) => key);
    const mine = order.indexOf(pair.key.value);
    const behind = node.items.findLastIndex((one) => order.indexOf(one.key.value) < mine);
    if (mine < 0) node.items.push(pair);
    else node.items.splice(behind + 1, 0, pair);
  }

  const keyNode = (key) => styled(key, KEY.test(key) && !MEANT_OTHERWISE.test(key) ? "PLAIN" : "QUOTE_DOUBLE");

  function styled(text, type) {
    const node = new YAML.Scalar(text);
    node.type = type;
    return node;
  }

  function scalar(field, value, old) {
    if (old === null && value === null) return null;
    if (YAML.isScalar(old) && valueOf(old, new WeakMap()) === value) return old;
    const node = value === null ? styled("null", "PLAIN") : styled(value, style(field?.kind, value));
    if (YAML.isScalar(old)) Object.assign(node, { comment: old.comment, commentBefore: old.commentBefore });
    return node;
  }

  function style(kind, text) {
    if (kind === "flag" && /^(true|false)$/.test(text)) return "PLAIN";
    if (["number", "people", "revision"].includes(kind) && NUMBER.test(text)) return "PLAIN";
    const named = ["id", "language", "choice", "date"].includes(kind);
    return named && PLAIN.test(text) && !MEANT_OTHERWISE.test(text) ? "PLAIN" : "QUOTE_DOUBLE";
  }

  return { begin, open, write, CannotOpen };
})();
