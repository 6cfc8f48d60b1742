package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which traces the text report has in full: those of violations that nobody expected, and those of
 * a defect that was asked for by name. A run that is the beginning of one above is not printed
 * again.
 *
 * @param jobs what was searched
 * @param runs what was found
 * @param reductions with which
 * @param inFiles are all of them in files?
 */
record TracesToPrint(List<Job> jobs, List<RunReport> runs, Reductions reductions, boolean inFiles) {

  private static final int RULE_WIDTH = 100;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<Printed> printed = new ArrayList<>();
    boolean more = false;
    for (RunReport run : runs) {
      RunTraces traces = new RunTraces(run.job(), reductions, run.findings());
      for (Finding finding : longestFirst(run)) {
        if (!askedFor() && (finding.asExpected() || inFiles)) {
          more = true;
          continue;
        }
        Printed before =
            printed.stream().filter(p -> p.beginsWith(finding.run())).findFirst().orElse(null);
        lines.add("");
        if (before == null) {
          printed.add(new Printed(run.job(), finding));
          lines.add("-".repeat(RULE_WIDTH));
          lines.addAll(traces.text(finding).lines().toList());
        } else {
          lines.add(
              "%s, %s: %s is violated in step %d of the run to %s under %s, above."
                  .formatted(
                      run.job().name(),
                      run.job().hardware(),
                      finding.property(),
                      finding.run().steps().size(),
                      before.finding().property(),
                      before.job().hardware()));
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

  /** A run that stands above. */
  private record Printed(Job job, Finding finding) {
    boolean beginsWith(Counterexample other) {
      int length = other.steps().size();
      List<Counterexample.Step> steps = finding.run().steps();
      return length <= steps.size() && steps.subList(0, length).equals(other.steps());
    }
  }

  private static List<Finding> longestFirst(RunReport run) {
    return run.findings().stream()
        .filter(f -> f.verdict() == Verdict.VIOLATED)
        .sorted(Comparator.comparingInt(f -> -f.run().steps().size()))
        .toList();
  }

  /** One job, or all the jobs of one defect. */
  private boolean askedFor() {
    return jobs.size() == 1
        || jobs.get(0).subject().defect() != null
            && jobs.stream().map(Job::subject).distinct().count() == 1;
  }
}
