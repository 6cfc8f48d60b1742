package dev.kstack.checks.browse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.BudgetSpentException;
import dev.kstack.checks.explore.Guide;
import dev.kstack.checks.explore.Position;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.checks.html.ModelSources;
import dev.kstack.checks.html.Page;
import dev.kstack.checks.html.WalkJson;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.report.UsageException;
import dev.kstack.checks.trace.Grain;
import dev.kstack.checks.trace.JsonTrace;
import dev.kstack.checks.trace.StoredRun;
import dev.kstack.model.design.Defect;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the explorer's page asks about one machine. The page says each time by which steps it got
 * where it is, so nothing is lost when it is reloaded; the positions of the last path are kept,
 * because the next one mostly begins in the same way.
 */
final class Tour {
  private final Job job;
  private final Catalogue catalogue;
  private final Budget budget;
  private final ModelSources sources;
  private final ImmutableList<Step> first;
  private final Program program;
  private final Guide guide;
  private final ObjectMapper mapper = new ObjectMapper();
  private final List<Guide.Taken> path = new ArrayList<>();
  private final Position start;

  /**
   * Of one machine.
   *
   * @param job the machine
   * @param catalogue of designs, for traces that are opened
   * @param budget of each search for a violation
   * @param sources of the model
   * @param first the steps that the page begins with
   */
  Tour(
      Job job,
      Catalogue catalogue,
      Budget budget,
      ModelSources sources,
      ImmutableList<Step> first) {
    this.job = job;
    this.catalogue = catalogue;
    this.budget = budget;
    this.sources = sources;
    this.first = first;
    program = job.program();
    guide = new Guide(program, Reductions.ALL);
    start = guide.start();
  }

  /** The page. */
  synchronized String page() {
    ObjectNode data = mapper.createObjectNode();
    WalkJson walks = new WalkJson(sources);
    walks.writeMachine(job, guide, data.putObject("machine"));
    ArrayNode properties = data.putArray("properties");
    for (Property property : StackProperties.ALL) {
      properties
          .addObject()
          .put("name", property.name())
          .put("kind", property.kind().name().toLowerCase(java.util.Locale.ROOT))
          .put("meaning", property.meaning())
          .put("sought", isSought(property));
    }
    PathJson.write(first, data.putArray("steps"));
    data.putObject("source");
    return Page.ofExplorer().with(data);
  }

  /** Can a single run show it? Of what the program claims; the others take a whole search. */
  private boolean isSought(Property property) {
    return property.kind() != Property.Kind.PROGRESS
        && program.layout().claims().contains(property);
  }

  /**
   * The steps of a path from a number on, and what can come next.
   *
   * @throws Refusal if the program does not allow the path
   */
  synchronized ObjectNode look(ImmutableList<Step> steps, int from) throws Refusal {
    Position at = follow(steps);
    ObjectNode answer = mapper.createObjectNode();
    WalkJson walks = new WalkJson(sources);
    ArrayNode shown = answer.putArray("steps");
    for (int i = Math.max(0, from); i < steps.size(); i++) {
      walks.writeStep(i == 0 ? start : path.get(i - 1).to(), path.get(i), shown.addObject());
    }
    ArrayNode ahead = answer.putArray("ahead");
    for (Guide.Taken taken : guide.ahead(at)) {
      ObjectNode node = ahead.addObject();
      PathJson.write(taken.step(), node.putArray("step"));
      walks.writeStep(at, taken, node);
      node.put("never", at.neverAgain().isEmpty() && !taken.to().neverAgain().isEmpty());
    }
    at.neverAgain().forEach(answer.putArray("never")::add);
    walks.writeWaiting(at, answer.putArray("waiting"));
    answer.put("panicked", at.panicked());
    walks.writeSource(answer.putObject("source"));
    return answer;
  }

  private Position follow(ImmutableList<Step> steps) throws Refusal {
    int same = 0;
    while (same < steps.size()
        && same < path.size()
        && path.get(same).step().equals(steps.get(same))) {
      same++;
    }
    if (same < path.size()) {
      path.subList(same, path.size()).clear();
    }
    for (int i = same; i < steps.size(); i++) {
      try {
        path.add(guide.take(i == 0 ? start : path.get(i - 1).to(), steps.get(i)));
      } catch (ModelError e) {
        throw new Refusal(400, "step %d: %s".formatted(i + 1, e.getMessage()));
      }
    }
    return path.isEmpty() ? start : path.get(path.size() - 1).to();
  }

  /**
   * The steps from the end of a path to the nearest violation of a property, or the nearest state
   * that reaches it.
   *
   * @throws Refusal if there are none, or the budget does not suffice
   */
  ObjectNode nearest(ImmutableList<Step> steps, String name) throws Refusal {
    Property property = property(name);
    if (property == null || !isSought(property)) {
      throw new Refusal(400, "'%s' is no property that a single run shows here".formatted(name));
    }
    // A guide of its own: the page goes on stepping meanwhile.
    Guide searcher = new Guide(job.program(), Reductions.ALL);
    Position at = searcher.start();
    ImmutableList<Step> found;
    try {
      for (Step step : steps) {
        at = searcher.take(at, step).to();
      }
      found = searcher.nearest(at, property, budget);
    } catch (ModelError e) {
      throw new Refusal(400, e.getMessage());
    } catch (BudgetSpentException e) {
      throw new Refusal(
          422,
          "undecided: no %s within %,d states from here, and then the budget ended"
              .formatted(name, e.states()));
    }
    if (found == null) {
      throw new Refusal(422, "no run from here leads to %s, at these sizes".formatted(name));
    }
    ObjectNode answer = mapper.createObjectNode();
    PathJson.write(found, answer.putArray("steps"));
    return answer;
  }

  /**
   * The path as a trace file.
   *
   * @param name the property that it is to show where its end shows none
   * @throws Refusal if the program does not allow the path
   */
  synchronized ObjectNode trace(ImmutableList<Step> steps, String name) throws Refusal {
    Position at = follow(steps);
    Property wanted = property(name);
    Property shown =
        at.raised().isEmpty() || wanted != null && at.raised().contains(wanted)
            ? wanted
            : at.raised().get(0);
    if (shown == null) {
      throw new Refusal(400, "no property is called '%s'".formatted(name));
    }
    Defect defect = job.subject().defect();
    String text =
        JsonTrace.write(
            new StoredRun(
                job.subject().design().name(),
                defect == null ? null : defect.hazard(),
                job.assumptions(),
                job.sizes(),
                shown.name(),
                new Counterexample(steps),
                Grain.TRANSACTION,
                job.broken()));
    return mapper
        .createObjectNode()
        .put("trace", text)
        .put("file", "%s-%s-%s.json".formatted(job.name(), job.assumptions().label(), shown))
        .put("property", shown.name())
        .put("shows", at.raised().contains(shown));
  }

  /**
   * The steps of a trace file.
   *
   * @throws Refusal if it is none, or one of another machine
   */
  ObjectNode open(String text) throws Refusal {
    try {
      ObjectNode answer = mapper.createObjectNode();
      PathJson.write(stepsOf(StoredTrace.parse(text, catalogue), job), answer.putArray("steps"));
      return answer;
    } catch (UsageException e) {
      throw new Refusal(400, "no trace: " + e.getMessage());
    }
  }

  /**
   * The steps of a trace.
   *
   * @throws UsageException if it is of another machine
   */
  static ImmutableList<Step> stepsOf(StoredTrace trace, Job job) {
    if (!trace.job().equals(job)) {
      throw new UsageException(
          "it is of %s under %s, with %s; this is %s under %s, with %s"
              .formatted(
                  trace.job().name(),
                  trace.job().assumptions(),
                  Job.inWords(trace.job().sizes()),
                  job.name(),
                  job.assumptions(),
                  Job.inWords(job.sizes())));
    }
    if (trace.stored().grain() != Grain.TRANSACTION) {
      throw new UsageException("its steps are single operations, not those of a search");
    }
    return trace.stored().run().steps();
  }

  private static @Nullable Property property(String name) {
    return StackProperties.ALL.stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
  }
}
