package dev.kstack.checks.html;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.explore.Guide;
import dev.kstack.checks.explore.Position;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.Verdict;
import dev.kstack.checks.trace.Conclusion;
import dev.kstack.model.kernel.Decision;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;

/**
 * The report of a check as a page: what was found, what was searched, and every violation as a run
 * that one can step through.
 */
public final class HtmlReport {
  /** So many designs are named in a sentence. */
  private static final int NAMES = 4;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Reductions reductions;
  private final ModelSources sources;

  /**
   * A report.
   *
   * @param reductions with which was searched
   * @param sources of the model
   */
  public HtmlReport(Reductions reductions, ModelSources sources) {
    this.reductions = reductions;
    this.sources = sources;
  }

  /** The page. The same runs give the same page. */
  public String of(List<RunReport> runs, Outcome outcome) {
    WalkJson walks = new WalkJson(sources);
    ObjectNode data = mapper.createObjectNode();
    data.put("asked", asked(runs, outcome));
    data.put("outcome", inWords(outcome));
    data.put("asExpected", outcome == Outcome.AS_EXPECTED);
    ArrayNode properties = data.putArray("properties");
    for (Property p : StackProperties.ALL) {
      ObjectNode property = properties.addObject();
      property
          .put("name", p.name())
          .put("kind", p.kind().name().toLowerCase(java.util.Locale.ROOT));
      property.put("meaning", p.meaning()).put("sentence", p.sentence());
    }
    ArrayNode rows = data.putArray("runs");
    ArrayNode traces = data.putArray("traces");
    for (RunReport run : runs) {
      writeRun(run, rows.addObject(), traces, walks);
    }
    walks.writeSource(data.putObject("source"));
    return Page.ofReport().with(data);
  }

  /** What was asked and what came out, for whoever sees nothing else of the page. */
  static String asked(List<RunReport> runs, Outcome outcome) {
    List<String> names = runs.stream().map(run -> run.job().name()).distinct().toList();
    String some = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    String more = names.size() > NAMES ? " and %d more".formatted(names.size() - NAMES) : "";
    long broken =
        runs.stream()
            .filter(run -> run.findings().stream().anyMatch(f -> f.verdict() == Verdict.VIOLATED))
            .count();
    return "Does any interleaving of %s%s break a property? %s: %s. %s."
        .formatted(
            some,
            more,
            runs.size() == 1 ? "1 search" : runs.size() + " searches",
            broken == 0
                ? "none does"
                : broken == runs.size() ? "yes" : "in %d of them, yes".formatted(broken),
            inWords(outcome));
  }

  private static String inWords(Outcome outcome) {
    return switch (outcome) {
      case AS_EXPECTED -> "All as expected";
      case UNDECIDED -> "Undecided: a budget ended a search";
      case NOT_AS_EXPECTED -> "NOT AS EXPECTED";
    };
  }

  private void writeRun(RunReport run, ObjectNode node, ArrayNode traces, WalkJson walks) {
    Job job = run.job();
    Subject subject = job.subject();
    node.put("name", job.name());
    node.put("title", subject.title());
    if (subject.defect() == null) {
      node.put("from", subject.design().source());
    } else {
      node.put("how", subject.defect().interleaving());
    }
    List<Decision> own = subject.design().decisions().all();
    ArrayNode decisions = node.putArray("decides");
    for (Decision decision : subject.decisions().all()) {
      ObjectNode d = decisions.addObject().put("title", decision.title());
      d.put("wrong", subject.defect() != null && !own.contains(decision));
    }
    node.put("hardware", job.assumptions().label());
    node.put("sizes", Job.inWords(job.sizes()));
    node.put("complete", run.result().complete());
    node.put("states", run.result().states());
    node.put("depth", run.result().depth());
    run.remarks().forEach(node.putArray("remarks")::add);
    RunTraces worthwhile = new RunTraces(job, reductions, run.findings());
    ArrayNode findings = node.putArray("findings");
    for (Finding finding : run.findings()) {
      ObjectNode f = findings.addObject().put("property", finding.property().name());
      f.put("verdict", finding.verdict().label()).put("expected", finding.expected().label());
      if (finding.run() != null) {
        f.put("length", finding.run().steps().size());
      }
      if (worthwhile.worthwhile().contains(finding)) {
        f.put("trace", traces.size());
        writeTrace(job, finding, traces.addObject(), walks);
      }
    }
  }

  private void writeTrace(Job job, Finding finding, ObjectNode node, WalkJson walks) {
    Program program = job.program();
    Guide guide = new Guide(program, reductions);
    walks.writeMachine(job, guide, node);
    node.put("property", finding.property().name());
    node.put("verdict", finding.verdict().label());
    Run run = Run.of(program, reductions, finding.run());
    node.put("loop", Conclusion.loopFrom(run));
    writeConclusion(Conclusion.of(finding.property(), run), node.putObject("conclusion"));
    ArrayNode steps = node.putArray("steps");
    Position at = guide.start();
    for (Counterexample.Step step : finding.run().steps()) {
      Guide.Taken taken = guide.take(at, step);
      walks.writeStep(at, taken, steps.addObject());
      at = taken.to();
    }
  }

  private static void writeConclusion(Conclusion conclusion, ObjectNode node) {
    node.put("headline", conclusion.headline());
    ArrayNode parts = node.putArray("parts");
    for (Conclusion.Part part : conclusion.parts()) {
      part.texts().forEach(parts.addObject().put("label", part.label()).putArray("texts")::add);
    }
  }
}
