// Checks across fields, in the sentences of `kit check` (kit_builder/rules.py): what the method asks for and what must agree.
const Rules = (() => {
  const { method, languages, official: possible, registry } = GIVEN;
  const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const fromTo = ([low, high]) => `${low}–${high}`;
  const inside = (number, [low, high]) => low <= number && number <= high;
  const listed = (value) => value ?? [];

  // Every problem that the rules find in a file whose single values are right.
  function check(file) {
    const found = [];
    const official = file.municipality.official_languages;
    const say_ =
      (severity) =>
      (path, sentence, given, shown = path) =>
        found.push({ path, shown, severity, message: say(sentence, given) });
    const [wrong, think] = [say_("error"), say_("warning")];

    function unknownLanguage(path, code) {
      if (!(code in languages))
        wrong(path, "texts.unknown-language", { code, known: Object.keys(languages).join(", ") });
    }

    // A text is known in every official language, and only in languages that the kit speaks.
    function localised(path, text) {
      for (const code of Object.keys(text)) unknownLanguage([...path, code], code);
      if (path.at(-1) === "in_name") return; // not every language has such a form
      const missing = official.filter((code) => !(code in text));
      const [first, second] = missing.map((code) => languages[code] ?? code);
      const shown = [...path, missing[0]];
      if (missing.length === 1) think(path, "texts.missing-in", { languages: first }, shown);
      else if (missing.length) think(path, "texts.missing-in-two", { first, second }, shown);
    }

    function contact(path, person) {
      if (person && person.publish !== "true")
        think(path, "municipality.contact-unpublished", {}, [...path, "publish"]);
    }

    function municipality({ code, name, contact: person }) {
      official.forEach((language, index) => {
        const path = ["municipality", "official_languages", index];
        if (official.indexOf(language) < index) wrong(path, "municipality.language-twice", { code: language });
        if (!possible.includes(language)) wrong(path, "municipality.not-official", { code: language });
      });
      contact(["municipality", "contact"], person);
      if (code) registered(oneLine(code), name);
    }

    function registered(code, name) {
      const entry = registry.find((one) => one.code === code);
      if (!entry) {
        wrong(["municipality", "code"], "municipality.unknown-code", { code });
        return;
      }
      if ([...new Set(official)].sort().join() !== [...entry.languages].sort().join()) {
        const given = { name: entry.name.fi, registered: entry.languages.join(", "), given: official.join(", ") };
        think(["municipality", "official_languages"], "municipality.registered-languages", given);
      }
      for (const [language, text] of Object.entries(isGroup(name) ? name : {})) {
        if (language in entry.name && oneLine(text) !== entry.name[language]) {
          const given = { code, name: entry.name[language] };
          think(["municipality", "name", language], "municipality.registered-name", given);
        }
      }
    }

    function unique(path, ids) {
      ids.forEach((id, index) => {
        if (ids.indexOf(id) < index) wrong([...path, index, "id"], "rounds.same-id", { id });
      });
    }

    function roundsApart(rounds) {
      const dated = rounds.map((round, index) => [index, year(round)]).filter(([, value]) => value !== null);
      const interval = (path, earlier, later) => {
        const gap = later - earlier;
        const [low, high] = method.repeatYears;
        const sentence = gap === 1 ? "rounds.interval-one" : "rounds.interval";
        if (!inside(gap, method.repeatYears)) think(path, sentence, { earlier, later, gap, low, high });
      };
      dated.slice(1).forEach(([index, later], before) => {
        const path = ["rounds", index, "id"];
        if (later <= dated[before][1]) wrong(path, "rounds.order");
        else interval(path, dated[before][1], later);
      });
      for (const [index, value] of dated) {
        const next = rounds[index].follow_up?.next_round;
        const place = ["rounds", index, "follow_up", "next_round"];
        if (next && Number(next) <= value) wrong(place, "rounds.next-round", { next: Number(next), this: value });
        else if (next) interval(place, value, Number(next));
      }
    }

    function round(path, one) {
      const organisations = listed(one.organisations);
      const meetings = listed(one.discussion_meetings);
      unique(
        [...path, "organisations"],
        organisations.map(({ id }) => id),
      );
      unique(
        [...path, "discussion_meetings"],
        meetings.map(({ id }) => id),
      );
      organisations.forEach((organisation, index) => {
        contact([...path, "organisations", index, "contact"], organisation.contact);
      });
      meetings.forEach((meeting, index) => discussion([...path, "discussion_meetings", index], meeting, organisations));
      for (const key of ["findings", "proposals"]) told([...path, key], listed(one[key]), meetings);
      cards(
        [...path, "findings"],
        listed(one.findings).filter(({ card }) => card === "true"),
      );
      if (one.decision_meeting) decision([...path, "decision_meeting"], one.decision_meeting, meetings);
      listed(one.actions).forEach((action, index) => {
        const day = one.decision_meeting?.date;
        if (action.due && day && action.due < day) {
          think([...path, "actions", index, "due"], "rounds.action-due", { due: action.due, day });
        }
      });
    }

    function discussion(path, meeting, organisations) {
      unknownLanguage([...path, "language"], meeting.language);
      const known = [...new Set(organisations.map(({ id }) => id))];
      listed(meeting.organisations).forEach((id, index) => {
        const given = { id, known: known.join(", ") || say("rounds.none") };
        if (!known.includes(id))
          wrong([...path, "organisations", index], "rounds.no-organisation", given, [...path, "organisations"]);
      });
      groupSize(path, meeting);
      invitedOn([...path, "invited_on"], meeting);
      const { doors, start } = meeting;
      if (doors && start && doors >= start) wrong([...path, "doors"], "meetings.doors", { doors, start });
      fits(path, start, meeting.end, method.discussionMinutes);
      signUp(path, meeting.register_by, meeting.date);
    }

    function groupSize(path, meeting) {
      if (!meeting.participants) return;
      const participants = Number(meeting.participants);
      const groups = Math.max(1, Math.ceil(participants / method.maxPeople));
      for (const key of ["leaders", "secretaries"]) {
        const number = meeting[key] == null ? null : Number(meeting[key]);
        const needed = groups * method[key];
        const given = { participants, needed, number, limit: method.maxPeople };
        if (number !== null && number < needed) wrong([...path, key], `meetings.${key}`, given);
      }
    }

    function invitedOn(path, { invited_on: value, participants }) {
      if (value == null) return;
      if (participants != null && Number(value) > Number(participants)) {
        wrong(path, "meetings.invited-on-of", { number: Number(value), participants: Number(participants) });
        return;
      }
      if (inside(Number(value), method.invitedRecommended)) return;
      const [recommended, accepted] = [fromTo(method.invitedRecommended), fromTo(method.invitedAccepted)];
      const given = { number: Number(value), recommended, accepted };
      if (inside(Number(value), method.invitedAccepted)) think(path, "meetings.invited-on", given);
      else wrong(path, "meetings.invited-on-outside", given);
    }

    function fits(path, start, end, length) {
      if (!start) return;
      const over = minutes(start) + length - minutes(end ?? "00:00");
      if (minutes(start) + length > 24 * 60) {
        wrong([...path, "start"], "meetings.past-midnight", { minutes: length, start });
      } else if (end && end <= start) wrong([...path, "end"], "meetings.end", { end, start });
      else if (end && over > 0) {
        const sentence = over === 1 ? "meetings.too-late-one" : "meetings.too-late";
        wrong([...path, "end"], sentence, { minutes: length, start, over, end });
      }
    }

    function signUp(path, last, day) {
      if (last && day && last > day) wrong([...path, "register_by"], "meetings.sign-up", { last, day });
    }

    function told(path, items, meetings) {
      const known = [...new Set(meetings.map(({ id }) => id))].sort();
      items.forEach((item, index) => {
        const given = { id: item.meeting, known: known.join(", ") || say("rounds.none") };
        if (!known.includes(item.meeting)) wrong([...path, index, "meeting"], "rounds.no-meeting", given);
      });
    }

    function cards(path, chosen) {
      const [low, limit] = method.cards;
      const [count, usual] = [chosen.length, fromTo(method.cards)];
      if (count > limit) {
        const [area, in_area] = mostOf(chosen.map((card) => card.area));
        const [meeting, in_meeting] = mostOf(chosen.map((card) => card.meeting));
        wrong(path, "rounds.too-many-cards", { count, limit, area, in_area, meeting, in_meeting });
      } else if (count && count < low)
        think(path, count === 1 ? "rounds.one-card" : "rounds.few-cards", { count, usual });
    }

    function decision(path, meeting, meetings) {
      const last = meetings
        .map(({ date }) => date)
        .filter(Boolean)
        .sort()
        .at(-1);
      if (meeting.date && last && meeting.date <= last) {
        wrong([...path, "date"], "meetings.decision-order", { day: meeting.date, last });
      }
      signUp(path, meeting.register_by, meeting.date);
      fits(path, meeting.start, meeting.end, method.decisionMinutes);
      for (const code of Object.keys(meeting.groups ?? {})) {
        const given = { official: official.join(", "), code };
        if (!official.includes(code)) wrong([...path, "groups", code], "meetings.not-in-official", given);
      }
      listed(meeting.interpretation).forEach((code, index) =>
        unknownLanguage([...path, "interpretation", index], code),
      );
    }

    // Every text for readers, wherever the schema has one.
    function texts(field, value, path) {
      if (value == null) return;
      if (field.kind === "texts" && isGroup(value)) localised(path, value);
      else if (field.kind === "list") value.forEach((item, index) => texts(field.item, item, [...path, index]));
      else if (field.kind === "group")
        for (const inner of field.fields) texts(inner, value[inner.key], [...path, inner.key]);
    }

    texts({ kind: "group", fields: GIVEN.fields }, file, []);
    municipality(file.municipality);
    unique(
      ["rounds"],
      file.rounds.map(({ id }) => id),
    );
    roundsApart(file.rounds);
    file.rounds.forEach((one, index) => round(["rounds", index], one));
    return found;
  }

  const oneLine = (text) => text.trim().replace(/\s+/g, " ").normalize("NFC");

  // The first of the values that are there most often, and how often.
  function mostOf(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  }

  // The year of a round: its decision-makers' meeting's, its first discussion meeting's, or the one in its id.
  function year(round) {
    const days = listed(round.discussion_meetings)
      .map(({ date }) => date)
      .filter(Boolean)
      .sort();
    const day = round.decision_meeting?.date ?? days[0];
    if (day) return Number(day.slice(0, 4));
    return /^[0-9]{4}$/.test(round.id) ? Number(round.id) : null;
  }

  return { check };
})();

// Everything that is wrong with a file's value: its single values first, and if they are right, what must agree.
function problemsOf(value) {
  const found = Kinds.check(value);
  return found.length ? found : Rules.check(value);
}
