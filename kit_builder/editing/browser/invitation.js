// Shows the invitation to a meeting as it is filled in. Its words come from the real template, in which every piece of data
// is a slot (kit_builder/editing/invitation.py); what people typed is put there as text and never as markup.
const Invitation = (() => {
  // How a language says dates, times and lists (kit_builder/editing/speech.py), as voice.py does for the papers.
  class Speech {
    constructor(told) {
      Object.assign(this, told);
    }

    number(text) {
      return this.digits ? text.replace(/[0-9]/g, (digit) => this.digits[digit]) : text;
    }

    inPattern(pattern, parts) {
      const piece = /'([^']*)'|EEEE|MMMM|MM|M|dd|d|y/g;
      return this.number(pattern.replace(piece, (sign, quoted) => quoted ?? parts[sign]));
    }

    day(pattern, value) {
      const [y, month, day] = value.split("-").map(Number);
      const weekday = (new Date(Date.UTC(y, month - 1, day)).getUTCDay() + 6) % 7;
      const two = (number) => String(number).padStart(2, "0");
      const parts = {
        y,
        M: month,
        MM: two(month),
        MMMM: this.months[month - 1],
        d: day,
        dd: two(day),
        EEEE: this.weekdays[weekday],
      };
      return this.inPattern(pattern, parts);
    }

    clock(minutes) {
      const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60].map(String);
      const parts = { HH: hour.padStart(2, "0"), H: hour, mm: minute.padStart(2, "0") };
      return this.number(this.time.replace(/HH|H|mm/g, (sign) => parts[sign]));
    }

    // The pieces of a list in words: "a, b and c".
    items(pieces) {
      const { two, last, other } = this.between;
      const joint = (left) => (left > 1 ? other : pieces.length > 2 ? last : two);
      return pieces.flatMap((piece, index) => (index ? [joint(pieces.length - index), piece] : [piece]));
    }
  }

  const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const right = (pattern, value) => (pattern.test(value ?? "") ? value : null);
  const DAY = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;
  const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

  // A text in the first preferred language that it has, or in whichever it has: [text, language or null].
  function find(text, preferred) {
    if (typeof text === "string") return [text, null];
    const codes = Object.keys(text ?? {});
    const code = preferred.find((one) => codes.includes(one)) ?? codes[0];
    return code ? [text[code], code] : null;
  }

  const directionOf = (code) => GIVEN.speech[code]?.direction ?? "ltr";

  // A text of the file as a piece of its own, in its language and direction.
  const piece = ([text, code]) => make("bdi", code ? { lang: code, dir: directionOf(code) } : {}, text);
  const leftToRight = (text) => make("bdi", { dir: "ltr" }, text);

  // What stands in each slot for one voice: a text, a list of pieces, or null for nothing.
  function contents(speech, lead, official, file, round, meeting) {
    const [date, doors, start, until] = [
      right(DAY, meeting.date),
      right(TIME, meeting.doors),
      right(TIME, meeting.start),
      right(DAY, meeting.register_by),
    ];
    const found = (text, codes) => {
      const there = find(text, codes);
      return there && piece(there);
    };
    const named = (text) => found(text, [lead.code, ...official, ...lead.fallback]);
    const own = (text) => found(text, [speech.code, ...speech.fallback]);
    const pieces = (...parts) => (parts.some(Boolean) ? parts.filter(Boolean) : null);
    const holding = (round.organisations ?? []).filter(({ id }) => (meeting.organisations ?? []).includes(id));
    const people = [...holding.map(({ contact }) => contact), file.municipality?.contact];
    const person = people.find((one) => one?.publish === "true");
    const end = start && minutes(start) + GIVEN.method.discussionMinutes;
    const names = holding.map(({ name }) => own(name)).filter(Boolean);
    const asked = person && [
      person.name ?? named(person.title),
      person.phone && leftToRight(person.phone),
      person.email && leftToRight(person.email),
    ];
    return {
      municipality: pieces(found(file.municipality?.name, [lead.code, ...lead.fallback])),
      date: date && speech.day(speech.date, date),
      times: start && speech.range.replace("{0}", speech.clock(minutes(start))).replace("{1}", speech.clock(end)),
      doors: doors && speech.clock(minutes(doors)),
      "place.name": pieces(named(meeting.place?.name)),
      "place.address": pieces(named(meeting.place?.address)),
      "place.access": pieces(named(meeting.place?.access)),
      refreshments: pieces(named(meeting.refreshments)),
      register_url: meeting.register_url ?? null,
      register_by: until && speech.day(speech.shortDate, until),
      organisations: names.length ? speech.items(names) : null,
      contact:
        asked && pieces(...asked.filter(Boolean).flatMap((part, index) => (index ? [lead.comma, part] : [part]))),
    };
  }

  const STAYS = new Set(["municipality", "date", "times", "place.name"]);

  // Puts the contents into the sheet's slots. What has no content leaves no trace, or a line to write on.
  function fill(sheet, lead, spoken) {
    for (const slot of sheet.querySelectorAll("[data-slot]")) {
      const { slot: name, voice } = slot.dataset; // only what belongs to a language has a voice
      const content = spoken[voice ?? lead][name];
      slot.replaceChildren(...[content ?? []].flat());
      slot.classList.toggle("blank", !content && name !== "municipality");
      const around = slot.closest("p");
      if (around && !STAYS.has(name)) around.hidden = !content;
    }
  }

  // The largest letters with which the text fits one page, as the printed one has them.
  const narrow = (sheet) => sheet.defaultView.matchMedia("(max-width: 38em)").matches;

  function fit(sheet) {
    if (narrow(sheet)) return;
    const page = sheet.documentElement.clientWidth * Math.SQRT2;
    for (const size of GIVEN.values.sizes) {
      sheet.documentElement.style.setProperty("--body", `${size}pt`);
      if (sheet.body.offsetHeight <= page) break;
    }
  }

  // The words of a language come in a file of their own, once somebody looks at it.
  const loaded = new Map();
  function words(code) {
    if (!loaded.has(code)) {
      loaded.set(
        code,
        new Promise((resolve, reject) => {
          const script = make("script", { src: `invitation.${code}.js` });
          script.addEventListener("load", resolve);
          script.addEventListener("error", reject);
          document.head.append(script);
        }),
      );
    }
    return loaded.get(code);
  }

  class Preview {
    constructor(place) {
      this.choice = make("select", { id: "invitation-of" });
      this.frame = make("iframe", {
        title: document.getElementById("invitation-heading").textContent,
        sandbox: "allow-same-origin",
      });
      this.none = make("p", {}, word("no-meeting"));
      this.label = make("label", { for: "invitation-of" }, word("which-meeting"));
      place.append(this.none, this.label, this.choice, this.frame);
      this.choice.addEventListener("change", () => this.show(this.file));
      addEventListener("resize", () => this.scale());
      this.shown = "";
    }

    // Shows the chosen meeting's invitation as the file has it now.
    async show(file) {
      this.file = file;
      const meetings = (file.rounds ?? []).flatMap((round) =>
        (round.discussion_meetings ?? []).filter(({ language }) => speaks(language)).map((meeting) => [round, meeting]),
      );
      this.none.hidden = meetings.length > 0;
      this.label.hidden = this.choice.hidden = this.frame.hidden = !meetings.length;
      if (!meetings.length) return;
      this.offer(meetings);
      const [round, meeting] = meetings[this.choice.selectedIndex];
      const official = (file.municipality?.official_languages ?? []).filter((code) => GIVEN.official.includes(code));
      const first = official[0] ?? (GIVEN.official.includes(GIVEN.page) ? GIVEN.page : GIVEN.official[1]);
      const lead = meeting.language;
      const beside = official.includes(lead) || lead === first ? "-" : first;
      const signUp = !meeting.register_url ? "none" : right(DAY, meeting.register_by) ? "link-and-day" : "link";
      const childcare = meeting.childcare === "true" ? "childcare" : "-";
      const key = [beside, meeting.place?.address ? "address" : "-", childcare, signUp].join(" ");
      const wanted = `${lead} ${key}`;
      await this.sheet(wanted, lead, key);
      if (this.shown !== wanted) return;
      const speeches = [lead, ...(beside === "-" ? [] : [beside])].map((code) => new Speech(GIVEN.speech[code]));
      const spoken = Object.fromEntries(
        speeches.map((speech) => [
          speech.code,
          contents(speech, speeches[0], official.length ? official : [first], file, round, meeting),
        ]),
      );
      fill(this.frame.contentDocument, lead, spoken);
      this.scale();
    }

    offer(meetings) {
      const names = meetings.map(([, meeting], index) => `${index + 1}. ${nameOf(meeting)}`);
      const chosen = Math.max(0, Math.min(this.choice.selectedIndex, names.length - 1));
      this.choice.replaceChildren(...names.map((name) => make("option", {}, name)));
      this.choice.selectedIndex = chosen;
    }

    // Lays an empty invitation into the frame, unless it lies there already.
    sheet(wanted, lead, key) {
      if (this.shown === wanted) return this.laid;
      this.shown = wanted;
      const { direction } = GIVEN.speech[lead];
      const head = `<meta charset="utf-8"><title>${lead}</title><link rel="stylesheet" href="../assets/fonts.css"><link rel="stylesheet" href="invitation.css">`;
      const page = () =>
        `<!doctype html><html lang="${lead}" dir="${direction}" data-shown="${wanted}"><head>${head}</head>${INVITATIONS[lead][key]}</html>`;
      this.laid = words(lead).then(() => this.lay(wanted, page()));
      return this.laid;
    }

    // Waits until the frame holds the page, or another one is wanted.
    lay(wanted, page) {
      return new Promise((resolve) => {
        if (this.shown !== wanted) {
          resolve();
          return;
        }
        const loaded = () => {
          const there = this.frame.contentDocument.documentElement.dataset.shown === wanted;
          if (there || this.shown !== wanted) resolve();
          else this.frame.addEventListener("load", loaded, { once: true });
        };
        this.frame.addEventListener("load", loaded, { once: true });
        this.frame.srcdoc = page;
      });
    }

    // On a wide screen the sheet is drawn small, in the shape of its paper; on a narrow one it flows.
    scale() {
      const sheet = this.frame.contentDocument;
      if (!sheet?.body || this.frame.hidden) return;
      fit(sheet);
      const page = sheet.documentElement.clientWidth * Math.SQRT2;
      const height = sheet.body.offsetHeight;
      this.frame.style.blockSize = `${Math.ceil(narrow(sheet) ? height : Math.max(page, height)) + 2}px`;
    }
  }

  return { Preview, Speech, find };
})();
const INVITATIONS = {};
