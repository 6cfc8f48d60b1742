package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.trace.Detail;
import dev.kstack.checks.trace.Grain;
import dev.kstack.checks.trace.Ink;
import dev.kstack.checks.trace.JsonTrace;
import dev.kstack.checks.trace.StoredRun;
import dev.kstack.checks.trace.TextTrace;
import dev.kstack.model.design.Defect;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The traces of a search.
 *
 * @param job what was searched
 * @param reductions with which it was searched
 * @param whose which runs they are: {@code a shortest run that}
 * @param findings what was found
 */
public record RunTraces(
    Job job, Reductions reductions, String whose, ImmutableList<Finding> findings) {

  /** Of the explorer, whose runs are the shortest. */
  public RunTraces(Job job, Reductions reductions, ImmutableList<Finding> findings) {
    this(job, reductions, "a shortest run that", findings);
  }

  /** A trace as text. The finding must have a run. */
  public String text(Finding finding) {
    return text(finding, Integer.MAX_VALUE);
  }

  /** The same on a screen of that many columns. */
  public String text(Finding finding, int width) {
    return new TextTrace(heading(finding), Detail.USUAL, Ink.NONE, width)
        .of(finding.property(), Run.of(job.program(), reductions, finding.run()));
  }

  /** The same run, to be taken again. */
  private String json(Finding finding) {
    Defect defect = job.subject().defect();
    return JsonTrace.write(
        new StoredRun(
            job.subject().design().name(),
            defect == null ? null : defect.hazard(),
            job.assumptions(),
            job.sizes(),
            finding.property().name(),
            finding.run(),
            Grain.of(reductions),
            job.broken()));
  }

  private List<String> heading(Finding finding) {
    String what = finding.verdict() == Verdict.VIOLATED ? "violates" : "reaches";
    return heading(
        job, "%s %s %s: %s".formatted(whose, what, finding.property(), length(finding.run())));
  }

  /** What stands above the steps of a run. */
  static List<String> heading(Job job, String run) {
    return List.of(
        "%s: %s".formatted(job.name(), job.subject().title()),
        "%s; %s".formatted(job.assumptions().inWords(), Job.inWords(job.sizes())),
        run,
        "",
        "C0... CPUs, S the shrinker, K a kworker, O other users of frames, W speculation; A..."
            + " threads, f1... frames;",
        "P present, A accessed, D dirty. A step is what nobody can come between; some of it is left"
            + " out.");
  }

  /** For people: {@code 9 steps}, {@code 4 steps, and a loop of 3}. */
  public static String length(Counterexample run) {
    int steps = run.steps().size();
    return run.ending() instanceof Ending.Loop loop
        ? "%d steps, and a loop of %d".formatted(loop.from(), steps - loop.from())
        : steps == 1 ? "1 step" : steps + " steps";
  }

  /** Those that people may want: of every violation, and of how threads come to be parked. */
  public ImmutableList<Finding> worthwhile() {
    return findings.stream()
        .filter(f -> f.run() != null)
        .filter(f -> f.verdict() == Verdict.VIOLATED || f.property().equals(StackProperties.PARKS))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Writes the worthwhile ones, and returns their files.
   *
   * @param lost hears of each that cannot be written; the others are
   */
  public ImmutableMap<Property, Path> write(TraceFolder folder, Consumer<IOException> lost) {
    ImmutableMap.Builder<Property, Path> files = ImmutableMap.builder();
    for (Finding finding : worthwhile()) {
      try {
        files.put(
            finding.property(),
            folder.write(job, finding.property(), text(finding), json(finding)));
      } catch (IOException e) {
        lost.accept(e);
      }
    }
    return files.buildOrThrow();
  }
}
