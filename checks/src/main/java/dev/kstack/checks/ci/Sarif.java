package dev.kstack.checks.ci;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.ci.SourceLines.Place;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.trace.Changes;
import dev.kstack.checks.trace.Changes.Change;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;

/**
 * SARIF 2.1.0 (OASIS), which code scanning and editors show: a rule for each property; a result for
 * each that is violated, not as expected, or not decided, at the line of the model where its run
 * ends; the run as a code flow, a thread flow for each context, with the number of the step as the
 * order of execution. What is expected of a design is suppressed, with that as the justification.
 */
public final class Sarif {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ROOT = "SRCROOT";

  private final Reductions reductions;
  private final boolean hasBaseline;
  private final String version;

  /**
   * For the results of one run of kstack.
   *
   * @param reductions with which it searched
   * @param hasBaseline were the results compared with earlier ones?
   * @param version of kstack
   */
  public Sarif(Reductions reductions, boolean hasBaseline, String version) {
    this.reductions = reductions;
    this.hasBaseline = hasBaseline;
    this.version = version;
  }

  /** The log, one object of JSON. */
  public String of(List<RunReport> runs) {
    ObjectNode log = MAPPER.createObjectNode();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    tool(run.putObject("tool").putObject("driver"));
    run.putObject("originalUriBaseIds")
        .putObject(ROOT)
        .putObject("description")
        .put("text", "The root of the project.");
    run.putArray("invocations").addObject().put("executionSuccessful", true);
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    Issue.of(runs).forEach(issue -> result(issue, results.addObject()));
    return log.toPrettyString() + "\n";
  }

  private void tool(ObjectNode driver) {
    driver.put("name", "kstack").put("version", version);
    ArrayNode rules = driver.putArray("rules");
    for (Property property : StackProperties.ALL) {
      ObjectNode rule = rules.addObject().put("id", property.name());
      rule.putObject("shortDescription").put("text", property.meaning());
      rule.putObject("fullDescription").put("text", property.meaning());
      rule.putObject("help").put("text", property.sentence());
    }
    rules
        .addObject()
        .put("id", Issue.SIZE_RULE)
        .putObject("shortDescription")
        .put("text", "the size of every search at default sizes is as it is checked in");
  }

  private void result(Issue issue, ObjectNode result) {
    result.put("ruleId", issue.rule());
    result.put("kind", issue.kind() == Issue.Kind.UNDECIDED ? "open" : "fail");
    result.put(
        "level",
        switch (issue.kind()) {
          case UNEXPECTED, KNOWN -> "error";
          case UNDECIDED -> "none";
          case EXPECTED -> "note";
        });
    result.putObject("message").put("text", issue.message());
    physical(SourceLines.of(issue, reductions), result.putArray("locations").addObject());
    result
        .putObject("partialFingerprints")
        .put("search/v1", "%s: %s".formatted(Issue.name(issue.run()), issue.rule()));
    if (hasBaseline) {
      result.put("baselineState", issue.kind() == Issue.Kind.KNOWN ? "unchanged" : "new");
    }
    if (issue.kind() == Issue.Kind.EXPECTED) {
      result
          .putArray("suppressions")
          .addObject()
          .put("kind", "inSource")
          .put("justification", "expected of " + issue.run().job().name());
    }
    Run run = SourceLines.run(issue, reductions);
    if (run != null && !run.steps().isEmpty()) {
      codeFlow(run, result.putArray("codeFlows").addObject());
    }
  }

  private static void codeFlow(Run run, ObjectNode flow) {
    ArrayNode threads = flow.putArray("threadFlows");
    run.steps().stream()
        .map(Step::process)
        .distinct()
        .sorted()
        .forEach(
            context -> {
              ObjectNode thread = threads.addObject().put("id", context);
              ArrayNode locations = thread.putArray("locations");
              run.steps().stream()
                  .filter(step -> step.process().equals(context))
                  .forEach(step -> locations(run, step, locations));
            });
  }

  /** The words that a step changes stand at its last operation. */
  private static void locations(Run run, Step step, ArrayNode locations) {
    List<Event> events = step.noticeable();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      ObjectNode at = locations.addObject();
      ObjectNode location = at.putObject("location");
      physical(SourceLines.of(event), location);
      location
          .putObject("message")
          .put("text", "%d %s: %s".formatted(step.number(), step.process(), event.text()));
      at.put("executionOrder", step.number());
      List<Change> changes =
          i == events.size() - 1 ? Changes.of(run, step.number()) : List.<Change>of();
      if (!changes.isEmpty()) {
        ObjectNode state = at.putObject("state");
        changes.forEach(
            c -> state.putObject(c.word()).put("text", c.after().isEmpty() ? "free" : c.after()));
      }
    }
  }

  private static void physical(Place place, ObjectNode location) {
    ObjectNode physical = location.putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", place.file()).put("uriBaseId", ROOT);
    physical.putObject("region").put("startLine", place.line());
  }
}
