package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which traces the text report has in full: those of violations that nobody expected, and all of a
 * defect or of a single search that was asked for. A run that is the beginning of one above is not
 * printed again, unless it shows what no single step does.
 */
final class TracesToPrint {
  private static final int RULE_WIDTH = 100;

  private final List<Job> jobs;
  private final List<RunReport> runs;
  private final Reductions reductions;
  private final boolean inFiles;
  private final List<Printed> printed = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * A choice.
   *
   * @param jobs what should be searched
   * @param runs what was found
   * @param reductions with which
   * @param inFiles are all traces in files?
   */
  TracesToPrint(List<Job> jobs, List<RunReport> runs, Reductions reductions, boolean inFiles) {
    this.jobs = jobs;
    this.runs = runs;
    this.reductions = reductions;
    this.inFiles = inFiles;
  }

  List<String> lines() {
    boolean more = false;
    for (RunReport run : runs) {
      RunTraces traces = new RunTraces(run.job(), reductions, run.findings());
      List<Finding> longestFirst =
          traces.worthwhile().stream()
              .sorted(Comparator.comparingInt(f -> -f.run().steps().size()))
              .toList();
      for (Finding finding : longestFirst) {
        if (wanted(finding)) {
          print(traces, finding);
        } else {
          more |= finding.verdict() == Verdict.VIOLATED;
        }
      }
    }
    if (more && !inFiles) {
      lines.add("");
      lines.add(
          "To see the runs: name one design or defect, as in ./kstack check switch-out+H8, or give"
              + " --trace-dir DIR.");
    }
    return lines;
  }

  private boolean wanted(Finding finding) {
    if (finding.verdict() != Verdict.VIOLATED) {
      return jobs.size() == 1 && jobs.get(0).subject().defect() == null;
    }
    return jobs.size() == 1 || oneDefect() || !finding.asExpected() && !inFiles;
  }

  private boolean oneDefect() {
    return jobs.get(0).subject().defect() != null
        && jobs.stream().map(Job::subject).distinct().count() == 1;
  }

  private void print(RunTraces traces, Finding finding) {
    lines.add("");
    Printed above = finding.run().ending() instanceof Ending.Here ? above(finding.run()) : null;
    if (above == null) {
      printed.add(new Printed(traces.job(), finding));
      lines.add("-".repeat(RULE_WIDTH));
      lines.addAll(traces.text(finding).lines().toList());
    } else {
      lines.add(
          "%s under %s: %s is %s in step %d of the run to %s under %s, above."
              .formatted(
                  traces.job().name(),
                  traces.job().assumptions(),
                  finding.property(),
                  finding.verdict(),
                  finding.run().steps().size(),
                  above.finding().property(),
                  above.job().assumptions()));
    }
  }

  private @Nullable Printed above(Counterexample run) {
    return printed.stream().filter(p -> p.beginsWith(run)).findFirst().orElse(null);
  }

  /** A run that stands above. */
  private record Printed(Job job, Finding finding) {
    boolean beginsWith(Counterexample other) {
      int length = other.steps().size();
      List<Counterexample.Step> steps = finding.run().steps();
      return length <= steps.size() && steps.subList(0, length).equals(other.steps());
    }
  }
}
