
/* The explorer: the same view, with the steps that are possible beside it. */
{
  const machine = DATA.machine;
  const walk = new Walk(machine);
  const source = DATA.source;
  const page = document.getElementById("page");
  let path = []; /* what the server knows each step by: [process, choices...] */
  let view = null;
  let asked = 0;
  document.title = "kstack explore " + machine.name;

  const message = make("div", { class: "message", role: "status" });
  const next = make("section", { class: "card next", "aria-label": "What can come next" });
  const sought = make(
    "select",
    { "aria-label": "Property" },
    DATA.properties
      .filter((p) => p.sought)
      .map((p) => make("option", { value: p.name, title: p.meaning }, p.name)),
  );
  const jump = make("button", { type: "button", class: "first", onclick: nearest }, "Go to the nearest");
  const save = make("button", { type: "button", onclick: take }, "Take the path as a trace file");
  const file = make("input", { type: "file", class: "unseen", accept: ".json", tabindex: -1, "aria-hidden": "true", onchange: open });
  const load = make("button", { type: "button", onclick: () => file.click() }, "Open a trace file");
  const stop = make("button", { type: "button", onclick: end }, "Stop kstack");
  const body = make("div", {});

  page.append(
    make(
      "section",
      { class: "trace", "aria-label": "Run" },
      make(
        "header",
        {},
        make("h1", {}, "kstack explore " + machine.name),
        make("p", { class: "chips" }, machine.title + " · hardware " + machine.hardware + " · " + machine.sizes),
      ),
      make(
        "div",
        { class: "card", role: "group", "aria-label": "Path" },
        make("div", { class: "tools" }, sought, jump, save, load, file, stop),
      ),
      message,
      body,
    ),
  );
  page.querySelector(".trace").classList.add("live");

  async function ask(what, request) {
    const answer = await fetch(what, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    const value = await answer.json();
    if (!answer.ok) throw new Error(value.error);
    return value;
  }

  function say(text) {
    message.textContent = text;
  }

  /* Takes the path of the server's answer: the steps that are not shown yet, and what comes next. */
  async function goTo(steps, at) {
    let same = 0;
    while (same < path.length && same < steps.length && String(path[same]) === String(steps[same])) same++;
    const mine = ++asked;
    try {
      const answer = await ask("look", { steps: steps, from: same });
      if (mine !== asked) return;
      learn(answer.source);
      walk.cutTo(same);
      walk.add(answer.steps);
      path = steps;
      view.resized();
      view.go(at);
    } catch (error) {
      say(error.message);
    }
  }

  function learn(more) {
    for (const [name, entry] of Object.entries(more)) {
      if (Object.hasOwn(source, name)) Object.assign(source[name].lines, entry.lines);
      else source[name] = entry;
    }
  }

  /* What can come after the steps up to here. */
  async function lookAhead(at) {
    const mine = ++asked;
    try {
      const answer = await ask("look", { steps: path.slice(0, at), from: at });
      if (mine !== asked) return;
      learn(answer.source);
      paintNext(answer, at);
      view.paintSource();
    } catch (error) {
      if (mine === asked) say(error.message);
    }
  }

  function paintNext(answer, at) {
    const groups = machine.processes.map((process, p) => {
      const steps = answer.ahead.filter((a) => a.p === p);
      const waiting = answer.waiting.find((w) => w.who === process);
      const why = waiting
        ? "waits in " + waiting.f + ":" + waiting.l + " for " + waiting.what
        : "has no step that leads anywhere";
      return make(
        "div",
        {},
        make("h4", { class: "who l" + (p % 6) }, processName(process)),
        steps.length === 0 ? make("p", { class: "soft" }, why) : null,
        make("div", { class: "choices" }, steps.map((step) => choice(step, at))),
      );
    });
    next.replaceChildren(
      make("h3", {}, answer.panicked ? "Here the run ends" : "What can come next (" + answer.ahead.length + ")"),
      ...(answer.never.length > 0
        ? [make("p", { class: "breaks" }, "From here on: " + answer.never.join("; ") + ".")]
        : []),
      ...(answer.panicked ? [make("p", {}, "What follows would say nothing about the design.")] : groups),
    );
  }

  function choice(step, at) {
    const broken = step.r.filter(isViolation);
    const reached = step.r.filter((p) => !isViolation(p));
    const events = eventsShown(step);
    const site = events[events.length - 1];
    return make(
      "button",
      { type: "button", class: "l" + (step.p % 6), onclick: () => choose(step, at) },
      make("span", {}, events.map(inWords).join("; ")),
      site ? make("small", {}, site.f + ":" + site.l) : null,
      broken.length > 0 ? make("span", { class: "breaks" }, "✗ " + broken.join(", ")) : null,
      reached.length > 0 ? make("small", {}, "reaches " + reached.join(", ")) : null,
      step.never ? make("span", { class: "breaks" }, "↻ from here on somebody can never run again") : null,
    );
  }

  function choose(step, at) {
    say("");
    const steps = path.slice(0, at).concat([step.step]);
    const inPanel = next.contains(document.activeElement);
    goTo(steps, at + 1).then(() => {
      if (inPanel && !document.activeElement.isConnected) view.scroll.focus({ preventScroll: true });
    });
  }

  async function nearest() {
    const at = view.at;
    const property = sought.value;
    say("Searching for the nearest " + property + " …");
    jump.disabled = true;
    try {
      const answer = await ask("nearest", { steps: path.slice(0, at), property: property });
      say(property + " is " + answer.steps.length + (answer.steps.length === 1 ? " step" : " steps") + " from where you were.");
      await goTo(path.slice(0, at).concat(answer.steps), at + answer.steps.length);
    } catch (error) {
      say(error.message);
    }
    jump.disabled = false;
  }

  async function take() {
    try {
      const answer = await ask("trace", { steps: path.slice(0, view.at), property: sought.value });
      const link = make("a", { download: answer.file, href: URL.createObjectURL(new Blob([answer.trace], { type: "application/json" })) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      say(
        "The steps up to here are in " + answer.file + "; " +
          (answer.shows
            ? "./kstack replay confirms that they show " + answer.property + "."
            : "at their end nothing is violated, and ./kstack replay will say so."),
      );
    } catch (error) {
      say(error.message);
    }
  }

  async function open() {
    if (file.files.length === 0) return;
    try {
      const answer = await ask("open", { trace: await file.files[0].text() });
      say("");
      await goTo(answer.steps, answer.steps.length);
    } catch (error) {
      say(error.message);
    }
    file.value = "";
  }

  async function end() {
    try {
      await ask("stop", {});
      say("kstack has stopped. What is shown stays; nothing can be asked any more.");
    } catch (error) {
      say(error.message);
    }
  }

  view = new RunView(body, walk, {
    source: source,
    aside: next,
    onMove: (at) => lookAhead(at),
  });
  stepByKeys(() => view);
  if (DATA.steps.length > 0) goTo(DATA.steps, DATA.steps.length);
}
