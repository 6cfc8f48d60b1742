
"use strict";

/* An element with text, never with markup. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined));
  return element;
}

const DATA = JSON.parse(document.getElementById("data").textContent);
const ROW = 30; /* px, as in the style */
const IDLE = new Set(["", "0", "{}", "idle", "none"]);

/* The words of every state are those of the first, and what each step changes. */
class Walk {
  constructor(machine) {
    this.machine = machine;
    this.steps = [];
    this.states = [new Map(Object.entries(machine.first))];
    this.add(machine.steps || []);
  }

  add(steps) {
    for (const step of steps) {
      const before = this.states[this.states.length - 1];
      const changes = Object.entries(step.d);
      let after = before;
      if (changes.length > 0) {
        after = new Map(before);
        for (const [word, value] of changes) after.set(word, value);
      }
      this.steps.push(step);
      this.states.push(after);
    }
  }

  cutTo(length) {
    this.steps.length = length;
    this.states.length = length + 1;
  }
}

function taskName(number) {
  return String.fromCharCode(64 + number);
}

function setOf(text) {
  return text === undefined || text === "{}" ? [] : text.slice(1, -1).split(",");
}

function frameOf(pte) {
  const frame = /f\d+$/.exec(pte || "");
  return frame ? frame[0] : "";
}

function isPresent(pte) {
  return pte.startsWith("P|");
}

function isAccessed(pte) {
  return /(^|\|)A(\||$)/.test(pte);
}

function eventsShown(step) {
  const done = step.ev.filter((e) => !e.w);
  const loud = done.filter((e) => !e.q);
  if (loud.length > 0) return loud;
  return (done.length > 0 ? done : step.ev).slice(0, 1);
}

function inWords(event) {
  return event.o + (event.v === undefined ? "" : " -> " + event.v);
}

/*
 * A run that one steps through. `at` is how many steps are taken: 0 is the first state.
 * options: source, linkTo(at), onMove(at), extra (elements above the machine).
 */
class RunView {
  constructor(root, walk, options) {
    this.walk = walk;
    this.options = options;
    this.at = 0;
    this.site = null;
    this.rows = new Map();
    this.build(root);
    this.resized();
    this.go(0);
  }

  build(root) {
    const machine = this.walk.machine;
    const key = (label, text, go) =>
      make("button", { type: "button", "aria-label": label, title: label, onclick: go }, text);
    this.first = key("First state (Home)", "|◀", () => this.go(0));
    this.back = key("One step back (Left)", "◀", () => this.go(this.at - 1));
    this.forward = key("One step forward (Right)", "▶", () => this.go(this.at + 1));
    this.last = key("Last step (End)", "▶|", () => this.go(this.walk.steps.length));
    this.slider = make("input", { type: "range", min: 0, "aria-label": "Step" });
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.where = make("span", { class: "where" });
    this.link = make("a", { class: "button", href: "#" }, "Link to this step");
    this.said = make("div", { class: "unseen", role: "status", "aria-live": "polite" });

    this.sizer = make("div", { class: "rows" });
    this.scroll = make(
      "div",
      {
        class: "scroll",
        role: "listbox",
        tabindex: 0,
        "aria-label": "Steps, a lane for each process",
        onscroll: () => this.paintRows(),
        onkeydown: (e) => this.listKey(e),
      },
      this.sizer,
    );
    const heads = machine.processes.map((p, i) =>
      make("span", { class: "lane-head l" + (i % 6), title: processName(p) }, p),
    );
    const lanes = make(
      "section",
      { class: "card lanes", "aria-label": "Steps over time" },
      make("div", { class: "heads", "aria-hidden": "true" }, heads),
      this.scroll,
    );
    this.step = make("section", { class: "card", "aria-label": "This step" });
    this.picture = make("section", { class: "card", "aria-label": "Stacks" });
    this.facts = make("section", { class: "card", "aria-label": "CPUs, locks and frames" });
    this.source = make("section", { class: "card source", "aria-label": "Source of the model" });
    this.ending = make("div", {});
    root.append(
      make(
        "div",
        { class: "card controls", role: "group", "aria-label": "Go to a step" },
        make("div", { class: "keys" }, this.first, this.back, this.forward, this.last),
        this.slider,
        this.where,
        this.options.linkTo ? this.link : null,
      ),
      this.said,
      make(
        "div",
        { class: "columns" },
        make("div", { class: "stack-of-cards" }, lanes, this.options.aside || null, this.ending),
        make("div", { class: "stack-of-cards" }, this.step, this.picture, this.source, this.facts),
      ),
    );
    this.paintEnding();
  }

  /* The walk has other steps now. */
  resized() {
    const count = this.walk.steps.length;
    this.sizer.style.height = (count + 1) * ROW + "px";
    this.slider.max = String(count);
    this.rows.forEach((row) => row.remove());
    this.rows.clear();
  }

  listKey(event) {
    const page = Math.max(1, Math.floor(this.scroll.clientHeight / ROW) - 1);
    const to = {
      ArrowDown: this.at + 1,
      ArrowUp: this.at - 1,
      PageDown: this.at + page,
      PageUp: this.at - page,
      Home: 0,
      End: this.walk.steps.length,
    }[event.key];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      this.go(to);
    }
  }

  go(to) {
    const at = Math.max(0, Math.min(this.walk.steps.length, to));
    this.at = at;
    this.site = null;
    this.slider.value = String(at);
    this.slider.setAttribute("aria-valuetext", this.summary());
    this.where.textContent = at === 0 ? "Start of " + this.walk.steps.length : "Step " + at + " of " + this.walk.steps.length;
    this.first.disabled = this.back.disabled = at === 0;
    this.forward.disabled = this.last.disabled = at === this.walk.steps.length;
    if (this.options.linkTo) this.link.href = this.options.linkTo(at);
    this.reveal();
    this.paintRows();
    this.paintStep();
    this.paintSource();
    this.paintStacks();
    this.paintFacts();
    this.said.textContent = this.summary();
    if (this.options.onMove) this.options.onMove(at);
  }

  summary() {
    if (this.at === 0) return "Start, before the first step";
    const step = this.walk.steps[this.at - 1];
    const events = eventsShown(step);
    return (
      "Step " + this.at + ", " + processName(this.walk.machine.processes[step.p]) +
      (step.for ? " for " + step.for : "") + ": " + events.map(inWords).join("; ") +
      (step.r.length > 0 ? ". " + step.r.join(", ") : "")
    );
  }

  reveal() {
    const top = this.at * ROW;
    const view = this.scroll;
    if (top < view.scrollTop + ROW) view.scrollTop = Math.max(0, top - 2 * ROW);
    else if (top + 2 * ROW > view.scrollTop + view.clientHeight) view.scrollTop = top + 3 * ROW - view.clientHeight;
  }

  /* Only the rows that are in view exist. */
  paintRows() {
    const from = Math.max(0, Math.floor(this.scroll.scrollTop / ROW) - 4);
    const height = this.scroll.clientHeight || 400;
    const to = Math.min(this.walk.steps.length, from + Math.ceil(height / ROW) + 9);
    for (const [number, row] of this.rows) {
      if (number < from || number > to) {
        row.remove();
        this.rows.delete(number);
      }
    }
    let added = false;
    for (let i = from; i <= to; i++) {
      let row = this.rows.get(i);
      if (!row) {
        row = this.makeRow(i);
        this.rows.set(i, row);
        added = true;
      }
      const now = i === this.at;
      row.classList.toggle("now", now);
      row.classList.toggle("past", i < this.at);
      row.classList.toggle("future", i > this.at);
      row.setAttribute("aria-selected", String(now));
    }
    if (added) { /* in order, as they are read aloud */
      this.rows = new Map([...this.rows].sort(([a], [b]) => a - b));
      this.sizer.append(...this.rows.values());
    }
    if (this.rows.has(this.at)) this.scroll.setAttribute("aria-activedescendant", this.rowId(this.at));
    else this.scroll.removeAttribute("aria-activedescendant");
  }

  rowId(i) {
    return "row-" + i;
  }

  makeRow(i) {
    const step = i === 0 ? null : this.walk.steps[i - 1];
    const machine = this.walk.machine;
    const events = step ? eventsShown(step) : [];
    const broken = step && step.r.some(isViolation);
    const loops = machine.loop >= 0 && i === machine.loop + 1;
    const row = make(
      "div",
      {
        id: this.rowId(i),
        class: "row" + (broken ? " broken" : ""),
        role: "option",
        "aria-setsize": this.walk.steps.length + 1,
        "aria-posinset": i + 1,
        "aria-label": step
          ? "Step " + i + ", " + machine.processes[step.p] + (loops ? ", the loop begins" : "") + ": " + events.map(inWords).join("; ")
          : "Start",
        onclick: () => this.go(i),
      },
      make("span", { class: "n" }, String(i)),
      machine.processes.map((p, lane) =>
        make("span", { class: "lane l" + (lane % 6) + (step && step.p === lane ? " on" : "") }),
      ),
      make("span", { class: "what" }, step ? events.map(inWords).join("; ") : "start"),
      broken || loops ? make("span", { class: "mark" }, broken ? "violated" : "loop") : null,
    );
    row.style.transform = "translateY(" + i * ROW + "px)";
    return row;
  }

  paintStep() {
    const machine = this.walk.machine;
    if (this.at === 0) {
      this.step.replaceChildren(
        make("h3", {}, "Start"),
        make("p", {}, "Nothing has happened yet: the state in which every run begins."),
      );
      return;
    }
    const step = this.walk.steps[this.at - 1];
    const process = machine.processes[step.p];
    const shown = new Set(eventsShown(step));
    const site = this.chosenSite();
    const ops = step.ev.map((e) =>
      make(
        "li",
        { class: (shown.has(e) ? "main" : "quiet") + " l" + (step.p % 6) },
        make("div", { class: "op" }, e.o, e.v === undefined ? null : make("b", {}, " → " + e.v)),
        make("div", { class: "say" }, e.e.map((s) => s.charAt(0).toUpperCase() + s.slice(1) + ".").join(" ")),
        make(
          "button",
          { type: "button", "aria-pressed": String(e === site), onclick: () => this.showSite(e) },
          e.f + ":" + e.l,
        ),
      ),
    );
    this.step.replaceChildren(
      make("h3", {}, "Step " + this.at),
      make(
        "p",
        {},
        make("span", { class: "who l" + (step.p % 6) }, processName(process)),
        step.for && step.for !== "idle" ? ", running " + step.for : step.for === "idle" ? ", idle" : "",
        ". Nobody can come between what it does here.",
      ),
      make("ol", { class: "ops" }, ops),
      step.r.length > 0
        ? make(
            "p",
            { class: "pills" },
            step.r.map((p) => make("span", { class: "pill " + (isViolation(p) ? "violated" : "reached") }, p)),
          )
        : "",
    );
  }

  chosenSite() {
    if (this.site) return this.site;
    if (this.at === 0) return null;
    const shown = eventsShown(this.walk.steps[this.at - 1]);
    return shown.find((e) => e.c) || shown[shown.length - 1] || null;
  }

  showSite(event) {
    this.site = event;
    this.paintSource();
    this.step.querySelectorAll("button").forEach((b, i) => {
      b.setAttribute("aria-pressed", String(this.walk.steps[this.at - 1].ev[i] === event));
    });
  }

  paintSource() {
    const site = this.chosenSite();
    this.source.hidden = site === null;
    if (site === null) return;
    const file = this.options.source[site.s];
    const numbers = file ? Object.keys(file.lines).map(Number).filter((n) => Math.abs(n - site.l) <= 9).sort((a, b) => a - b) : [];
    const lines = numbers.map((n) =>
      make(
        "span",
        { class: "ln" + (n === site.l ? " hit" : ""), "aria-current": n === site.l ? "true" : null },
        make("i", {}, String(n)),
        file.lines[n] + "\n",
      ),
    );
    this.source.replaceChildren(
      make("header", {}, make("h3", {}, "The model's source"), make("code", {}, (file ? file.path : site.s) + ":" + site.l)),
      lines.length > 0
        ? make("pre", { tabindex: 0, "aria-label": "Lines around " + site.f }, lines)
        : make("p", { class: "soft" }, ""),
    );
  }

  words() {
    return this.walk.states[this.at];
  }

  hasChanged(word) {
    return this.at > 0 && Object.hasOwn(this.walk.steps[this.at - 1].d, word);
  }

  paintStacks() {
    const { tasks, pages, cpus } = this.walk.machine;
    const words = this.words();
    const stacks = [];
    for (let t = 1; t <= tasks; t++) {
      const task = taskName(t);
      const on = [];
      let queued = "";
      for (let c = 0; c < cpus; c++) {
        if (words.get("rq[C" + c + "].curr") === task) on.push("C" + c);
        if (setOf(words.get("rq[C" + c + "].queue")).includes(task)) queued = "queued on C" + c;
        if (setOf(words.get("rq[C" + c + "].parked")).includes(task)) queued = "parked on C" + c;
      }
      const cells = [];
      for (let p = pages - 1; p >= 0; p--) cells.push(this.pageCell(task, p));
      stacks.push(
        make(
          "section",
          { class: "stack", "aria-label": "Stack of " + task },
          make("h4", {}, task),
          make(
            "div",
            { class: "state" },
            on.length > 0 ? make("b", {}, "runs on " + on.join(", ")) : queued || "off CPU",
            make("br", {}),
            (words.get(task + ".state") || "").toLowerCase(),
            words.get(task + ".on_cpu") === "1" ? " · on_cpu" : "",
            words.get(task + ".on_rq") === "1" ? " · on_rq" : "",
          ),
          make("div", { role: "list" }, cells),
        ),
      );
    }
    this.picture.replaceChildren(
      make("h3", {}, "Stacks, the first page on top"),
      make("div", { class: "stacks" }, stacks),
      make(
        "div",
        { class: "legend" },
        make("span", {}, make("i", {}), "unmapped"),
        make("span", {}, make("i", { class: "mapped" }), "mapped (P)"),
        make("span", {}, make("i", { class: "accessed" }), "accessed (P, A)"),
        make("span", {}, "C0, C1: that CPU's TLB has it; stale in red"),
      ),
    );
  }

  pageCell(task, page) {
    const words = this.words();
    const name = task + ".pte[" + page + "]";
    const pte = words.get(name) || "0";
    const state = isPresent(pte) ? (isAccessed(pte) ? "accessed" : "mapped") : "unmapped";
    const tags = [];
    let changed = this.hasChanged(name);
    for (let c = 0; c < this.walk.machine.cpus; c++) {
      const word = task + ".tlb[C" + c + "][" + page + "]";
      const entry = words.get(word) || "0";
      changed = changed || this.hasChanged(word);
      if (!IDLE.has(entry)) {
        const stale = !isPresent(pte) || frameOf(entry) !== frameOf(pte);
        tags.push(
          make(
            "span",
            { class: "tag" + (stale ? " stale" : ""), title: word + " = " + entry },
            "C" + c + (stale ? " stale " + frameOf(entry) : ""),
          ),
        );
      }
    }
    const stray = pte !== "0" && !isPresent(pte) ? " (" + pte + ")" : "";
    return make(
      "div",
      { class: "pg " + state + (changed ? " changed" : ""), role: "listitem" },
      make("span", {}, page + " " + state + stray + (changed ? " *" : "")),
      tags,
      make("span", { class: "fr", title: name + " = " + pte }, frameOf(pte)),
    );
  }

  paintFacts() {
    const machine = this.walk.machine;
    const words = this.words();
    const seen = new Set();
    const row = (name, words_, text) => {
      words_.forEach((w) => seen.add(w));
      return make(
        "tr",
        {},
        make("th", { scope: "row" }, name),
        make("td", { class: words_.some((w) => this.hasChanged(w)) ? "changed" : "" }, text),
      );
    };
    const table = (title, rows) =>
      rows.length === 0 ? null : make("div", {}, make("h3", {}, title), make("table", {}, make("tbody", {}, rows)));
    const groups = [];
    for (let c = 0; c < machine.cpus; c++) {
      const rq = "rq[C" + c + "].";
      const tlb = [...words.keys()].filter((w) => w.includes(".tlb[C" + c + "]"));
      const full = tlb.filter((w) => !IDLE.has(words.get(w)));
      const rows = [...words.keys()]
        .filter((w) => w.startsWith(rq) && !machine.locks.includes(w))
        .map((w) => row(w.slice(rq.length), [w], words.get(w)));
      rows.push(row("TLB", tlb, full.map((w) => w.replace(/\.tlb\[C\d+\]/, "") + "=" + words.get(w)).join(" ") || "empty"));
      groups.push(table("CPU C" + c, rows));
    }
    const locks = machine.locks.map((w) => row(w, [w], words.get(w) ? "held by " + words.get(w) : "free"));
    groups.push(table("Locks", locks));
    const rest = [...words.keys()].filter(
      (w) => !seen.has(w) && !/\.(pte|tlb)\[/.test(w) && !/^[A-Z]\.(state|on_cpu|on_rq)$/.test(w),
    );
    groups.push(table("Other words", rest.map((w) => row(w, [w], words.get(w)))));
    this.facts.replaceChildren(
      make("h3", {}, "Frames"),
      make("div", { class: "frames" }, this.frames()),
      make("div", { class: "facts" }, groups),
    );
  }

  frames() {
    const machine = this.walk.machine;
    const words = this.words();
    const owner = new Map();
    for (const [word, value] of words) {
      const pte = /^(\w+)\.pte\[(\d+)\]$/.exec(word);
      if (pte && isPresent(value)) owner.set(frameOf(value), pte[1] + "[" + pte[2] + "]");
      const own = /(?:^pool\.(free|others|deferred)$)|(?:^rq\[(\w+)\]\.dynamic_stack_pages$)/.exec(word);
      if (own) setOf(value).forEach((f) => owner.set(f, own[1] || "reserve " + own[2]));
    }
    const chips = [];
    for (let f = 1; f <= machine.frames; f++) {
      const who = owner.get("f" + f) || "in hand";
      chips.push(make("span", { class: "frame" + (who === "free" ? " free" : "") }, "f" + f, make("small", {}, who)));
    }
    return chips;
  }

  paintEnding() {
    const conclusion = this.walk.machine.conclusion;
    if (!conclusion) return;
    this.ending.replaceChildren(
      make(
        "section",
        { class: "card ending " + (this.walk.machine.verdict || ""), "aria-label": "What it shows" },
        make("h3", {}, "What it shows"),
        make("p", { class: "headline" }, conclusion.headline),
        make(
          "dl",
          {},
          conclusion.parts.map((part) => [
            make("dt", {}, part.label),
            make("dd", {}, part.texts.map((text) => make("p", {}, text))),
          ]),
        ),
      ),
    );
  }
}

const KINDS = new Map((DATA.properties || []).map((p) => [p.name, p.kind]));

function isViolation(property) {
  return KINDS.get(property) !== "sanity";
}

const OTHERS = {
  S: "the shrinker (S)",
  K: "a kworker (K)",
  O: "other users of frames (O)",
  W: "speculation (W)",
};

function processName(process) {
  return OTHERS[process] || (/^C\d+$/.test(process) ? "CPU " + process : process);
}

/* Left, right, Home and End step from anywhere but where they mean something else. */
function stepByKeys(view) {
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const own = target instanceof Element && target.closest("input, select, textarea, pre");
    if (!view() || own || event.ctrlKey || event.metaKey || event.altKey) return;
    const v = view();
    const to = {
      ArrowRight: v.at + 1,
      ArrowLeft: v.at - 1,
      Home: 0,
      End: v.walk.steps.length,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      v.go(to);
    }
  });
}
