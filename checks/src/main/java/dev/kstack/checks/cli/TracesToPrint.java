package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.report.BriefReport;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.report.Verdict;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which traces the text report has in full: those that the user names; else the one that matters
 * most of one design or defect that was asked for, or of what nobody expected. The others are
 * named, with what prints them. Most matters what is not as expected, then what a defect breaks and
 * its design does not, then safety before progress. A run that is the beginning of one above is not
 * printed again, unless it shows what no single step does.
 */
final class TracesToPrint {
  /** The name that stands for all properties. */
  static final String ALL = "all";

  private static final int RULE_WIDTH = 100;
  private static final int INDENT = 4;

  private final List<Job> jobs;
  private final List<RunReport> runs;
  private final Reductions reductions;
  private final boolean inFiles;
  private final List<String> named;
  private final Screen screen;
  private final List<Printed> printed = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * A choice.
   *
   * @param jobs what should be searched
   * @param runs what was found
   * @param reductions with which
   * @param inFiles are all traces in files?
   * @param named the properties whose runs the user wants, or {@link #ALL}
   * @param screen where they are printed
   */
  TracesToPrint(
      List<Job> jobs,
      List<RunReport> runs,
      Reductions reductions,
      boolean inFiles,
      List<String> named,
      Screen screen) {
    this.jobs = jobs;
    this.runs = runs;
    this.reductions = reductions;
    this.inFiles = inFiles;
    this.named = named;
    this.screen = screen;
  }

  /** A run that could be printed. */
  private record Candidate(RunTraces traces, Finding finding) {
    /** Small is what matters most. */
    int rank() {
      ImmutableSet<Property> ofDesign = BriefReport.ofDesign(traces.job());
      int rank = finding.asExpected() ? 8 : 0;
      rank += ofDesign.contains(finding.property()) ? 4 : 0;
      return rank
          + switch (finding.property().kind()) {
            case SAFETY -> 0;
            case SCARCITY, PROGRESS -> 1;
            case SANITY -> 2;
          };
    }

    String inWords() {
      return "%s under %s: %s in %s"
          .formatted(
              traces.job().name(),
              traces.job().assumptions(),
              finding.property(),
              RunTraces.length(finding.run()));
    }
  }

  List<String> lines() {
    List<Candidate> candidates = new ArrayList<>();
    boolean more = false;
    for (RunReport run : runs) {
      RunTraces traces = new RunTraces(run.job(), reductions, run.findings());
      for (Finding finding : traces.worthwhile()) {
        if (wanted(finding)) {
          candidates.add(new Candidate(traces, finding));
        } else {
          more |= finding.verdict() == Verdict.VIOLATED;
        }
      }
    }
    // A stable sort: within a rank, properties stay in the order of every table.
    candidates.sort(Comparator.comparingInt(Candidate::rank));
    List<Candidate> others = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (named.isEmpty() ? printed.isEmpty() : names(candidate.finding().property())) {
        print(candidate.traces(), candidate.finding());
      } else {
        others.add(candidate);
      }
    }
    addOthers(others);
    if (more && !inFiles) {
      lines.add("");
      add(
          0,
          "To see the runs: name one design or defect, as in ./kstack check switch-out+H8, or give"
              + " --trace-dir DIR or --html FILE.");
    }
    return lines;
  }

  private boolean names(Property property) {
    return named.contains(ALL) || named.contains(property.name());
  }

  private void addOthers(List<Candidate> others) {
    if (others.isEmpty()) {
      return;
    }
    lines.add("");
    add(0, "Runs that are not printed:");
    others.forEach(other -> add(INDENT, other.inWords()));
    add(
        0,
        "To see them: the same command with --show %s, --show all, --html FILE, or --trace-dir DIR"
                .formatted(others.get(0).finding().property())
            + " and ./kstack trace FILE.");
  }

  private void add(int indent, String sentence) {
    lines.addAll(new Paragraph("", indent, sentence).lines(screen.ofText()));
  }

  private boolean wanted(Finding finding) {
    if (!named.isEmpty() && names(finding.property())) {
      return true;
    }
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
      lines.add("-".repeat(Math.min(RULE_WIDTH, screen.ofTraces())));
      lines.addAll(traces.text(finding, screen.ofTraces()).lines().toList());
    } else {
      add(
          0,
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
