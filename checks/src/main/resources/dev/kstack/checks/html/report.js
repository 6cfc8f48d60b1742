
/* The report: the table of verdicts, and one run at a time. */
{
  let view = null;
  let open = -1;
  let later = 0;
  const page = document.getElementById("page");
  const place = make("div", {});
  const pills = [];
  document.title = "kstack check: " + DATA.outcome;

  const pillOf = (finding) => {
    const surprise = finding.verdict !== finding.expected;
    const words = finding.verdict === "violated" || finding.verdict === "reached" ? "" : finding.verdict;
    const steps = finding.length === undefined ? "" : finding.length + (finding.length === 1 ? " step" : " steps");
    const children = [
      make("span", {}, (finding.verdict === "violated" ? "✗ " : "") + finding.property),
      make("small", {}, [words, steps].filter((s) => s).join(", ")),
      surprise ? make("small", {}, "expected: " + finding.expected) : null,
    ];
    const kind = "pill " + finding.verdict + (surprise ? " surprise" : "");
    if (finding.trace === undefined) return make("span", { class: kind }, children);
    const link = make(
      "a",
      { class: kind, href: linkTo(finding.trace, DATA.traces[finding.trace].steps.length) },
      make("span", { class: "unseen" }, finding.verdict + ": "),
      children,
    );
    pills[finding.trace] = link;
    return link;
  };

  function linkTo(trace, at) {
    return "#run-" + (trace + 1) + "/step-" + at;
  }

  const rowOf = (run) => {
    const quiet = run.findings.filter((f) => ["holds", "not-claimed"].includes(f.verdict) && f.verdict === f.expected);
    const loud = run.findings.filter((f) => !quiet.includes(f));
    const holds = quiet.filter((f) => f.verdict === "holds");
    const not = quiet.filter((f) => f.verdict !== "holds");
    return make(
      "tr",
      {},
      make(
        "td",
        {},
        make("div", { class: "name" }, run.name),
        make("div", {}, run.title),
        make(
          "details",
          {},
          make("summary", {}, "Decisions and source"),
          make("ul", {}, run.decides.map((d) => make("li", {}, d.wrong ? make("b", {}, "wrong: ") : null, d.title))),
          make("p", { class: "soft" }, run.from ? "From: " + run.from : "How: " + run.how),
        ),
      ),
      make("td", {}, make("code", {}, run.hardware), make("div", { class: "soft" }, run.sizes)),
      make(
        "td",
        {},
        make("div", { class: "pills" }, loud.map(pillOf)),
        make(
          "details",
          {},
          make("summary", {}, holds.length + " hold" + (not.length > 0 ? ", " + not.length + " not claimed" : "")),
          make("p", {}, holds.map((f) => f.property).join(", ")),
          not.length > 0 ? make("p", { class: "soft" }, "Not claimed: " + not.map((f) => f.property).join(", ")) : null,
        ),
        run.remarks.map((r) => make("p", { class: "soft" }, r)),
      ),
      make("td", { class: "number", "data-unit": run.complete ? "states" : "states, not all" }, run.states.toLocaleString("en") + (run.complete ? "" : "+")),
      make("td", { class: "number", "data-unit": "deep" }, String(run.depth)),
    );
  };

  page.append(
    make(
      "div",
      { class: "top" },
      make("h1", {}, "kstack check"),
      make("span", { class: "verdict " + (DATA.asExpected ? "good" : "bad") }, DATA.outcome),
      make("p", { class: "asked" }, DATA.asked),
      make("span", { class: "soft" }, "A verdict is for the sizes beside it, and no others."),
    ),
    make(
      "section",
      { class: "card", "aria-label": "Verdicts" },
      make(
        "table",
        { class: "runs" },
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            make("th", { scope: "col" }, "Design"),
            make("th", { scope: "col" }, "Hardware, sizes"),
            make("th", { scope: "col" }, "Found"),
            make("th", { scope: "col", class: "number" }, "States"),
            make("th", { scope: "col", class: "number" }, "Depth"),
          ),
        ),
        make("tbody", {}, DATA.runs.map(rowOf)),
      ),
    ),
    place,
  );

  function show(trace, at) {
    if (trace !== open) {
      open = trace;
      const machine = DATA.traces[trace];
      const body = make("div", {});
      place.replaceChildren(
        make(
          "section",
          { class: "trace", id: "trace", "aria-label": "Run" },
          make(
            "header",
            {},
            make("h2", {}, machine.name + ": " + (machine.verdict === "violated" ? "a shortest run that violates " : "a shortest run that reaches ") + machine.property),
            make("p", { class: "chips" }, machine.title + " · hardware " + machine.hardware + " · " + machine.sizes),
          ),
          body,
        ),
      );
      pills.forEach((pill, i) => pill.setAttribute("aria-current", String(i === trace)));
      view = new RunView(body, new Walk(machine), {
        source: DATA.source,
        linkTo: (step) => linkTo(trace, step),
        onMove: (step) => {
          clearTimeout(later); /* browsers bear no address a step while a key is held down */
          later = setTimeout(() => history.replaceState(null, "", linkTo(trace, step)), 250);
        },
      });
    }
    view.go(at);
  }

  function follow(scroll) {
    const link = /^#run-(\d+)\/step-(\d+)$/.exec(location.hash);
    if (link && DATA.traces[Number(link[1]) - 1]) {
      show(Number(link[1]) - 1, Number(link[2]));
      if (scroll) document.getElementById("trace").scrollIntoView();
      return true;
    }
    return false;
  }

  addEventListener("hashchange", () => follow(true));
  stepByKeys(() => view);
  if (!follow(false) && DATA.traces.length > 0) {
    const first = Math.max(0, DATA.traces.findIndex((t) => t.verdict === "violated"));
    show(first, DATA.traces[first].steps.length);
  }
}
