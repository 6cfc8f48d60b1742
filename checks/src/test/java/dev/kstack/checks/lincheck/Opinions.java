package dev.kstack.checks.lincheck;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.jpf.JpfOutcome;
import dev.kstack.checks.jpf.JpfRunner;
import dev.kstack.checks.jpf.JpfSearch;
import dev.kstack.checks.jpf.JpfTarget;
import dev.kstack.checks.jpf.JpfTask;
import dev.kstack.checks.live.OperationRun;
import dev.kstack.checks.report.Job;
import dev.kstack.model.live.LiveStep;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the explorer, Lincheck and Java PathFinder say of a defect, and of its design on the same
 * machine.
 *
 * @param row the defect
 * @param explorer of the defect
 * @param explorerOfMended of the design
 * @param lincheck of the defect; empty if it is not asked
 * @param lincheckOfMended of the design; empty if it is not asked
 * @param jpf of the defect; empty if it is not installed
 * @param jpfOfMended of the design; empty if it is not installed
 */
record Opinions(
    Row row,
    Opinion explorer,
    Opinion explorerOfMended,
    Optional<Opinion> lincheck,
    Optional<Opinion> lincheckOfMended,
    Optional<Opinion> jpf,
    Optional<Opinion> jpfOfMended) {
  /** Enough for every defect that Lincheck finds in a second or two. */
  private static final int RUNS = 300;

  /** Nothing is to be found: one run of each kind and some more. */
  private static final int RUNS_OF_MENDED = 20;

  /**
   * Of one engine.
   *
   * @param violated what it finds violated; more than one only of the explorer
   * @param undecided did it come to no end?
   * @param work how much it did, with the unit
   * @param seconds wall-clock time
   */
  record Opinion(ImmutableSet<Property> violated, boolean undecided, String work, double seconds) {}

  /** Asks all. */
  static Opinions of(Row row, Optional<JpfRunner> jpf, double jpfSeconds) throws IOException {
    SearchResult found = new Explorer(row.job().program(), Settings.DEFAULT).search();
    SearchResult mended = new Explorer(row.mended().program(), Settings.DEFAULT).search();
    Optional<Opinion> lincheck = Optional.empty();
    Optional<Opinion> lincheckOfMended = Optional.empty();
    if (row.lincheck()) {
      List<Environment> tried = new ArrayList<>();
      lincheck = Optional.of(lincheck(row, row.job(), row.environments(found), RUNS, tried));
      lincheckOfMended =
          Optional.of(lincheck(row, row.mended(), tried, RUNS_OF_MENDED, new ArrayList<>()));
    }
    Optional<Opinion> jpfOfDefect = Optional.empty();
    Optional<Opinion> jpfOfMended = Optional.empty();
    if (jpf.isPresent()) {
      jpfOfDefect = Optional.of(jpf(row, row.job(), jpf.get(), jpfSeconds));
      jpfOfMended = Optional.of(jpf(row, row.mended(), jpf.get(), jpfSeconds));
    }
    return new Opinions(
        row,
        explorer(row, found),
        explorer(row, mended),
        lincheck,
        lincheckOfMended,
        jpfOfDefect,
        jpfOfMended);
  }

  private static Opinion explorer(Row row, SearchResult result) {
    return new Opinion(
        row.asked().stream()
            .filter(result.found()::containsKey)
            .collect(ImmutableSet.toImmutableSet()),
        !result.complete(),
        "%,d states".formatted(result.states()),
        result.seconds());
  }

  /** One environment after the other, until something is violated. */
  private static Opinion lincheck(
      Row row, Job job, List<Environment> environments, int mostRuns, List<Environment> tried) {
    long began = System.nanoTime();
    int runs = 0;
    ImmutableSet<Property> violated = ImmutableSet.of();
    for (Environment environment : environments) {
      LincheckSearch.Result result = LincheckSearch.of(job, row.asked(), environment, mostRuns);
      runs += result.runs();
      tried.add(environment);
      if (result.violated() != null) {
        violated = ImmutableSet.of(confirmed(job, result.violated(), result.steps()));
        break;
      }
    }
    return new Opinion(violated, false, "%d runs".formatted(runs), seconds(began));
  }

  private static Opinion jpf(Row row, Job job, JpfRunner jpf, double seconds) throws IOException {
    long began = System.nanoTime();
    JpfSearch search = jpf.search(new JpfTask(job, JpfTarget.ENDLESS, row.asked()), seconds);
    String work =
        search.statistics() == null
            ? "no states"
            : "%,d states".formatted(search.statistics().newStates());
    ImmutableSet<Property> violated = ImmutableSet.of();
    if (search.outcome() instanceof JpfOutcome.Violated v) {
      Property property =
          row.asked().stream().filter(p -> p.name().equals(v.property())).findFirst().orElseThrow();
      violated = ImmutableSet.of(confirmed(job, property, v.steps()));
    }
    boolean undecided = violated.isEmpty() && !(search.outcome() instanceof JpfOutcome.Exhausted);
    return new Opinion(violated, undecided, work, seconds(began));
  }

  /**
   * The explorer takes the run, operation by operation, and comes to the same end.
   *
   * @throws AssertionError if it does not
   */
  private static Property confirmed(Job job, Property property, List<LiveStep> steps) {
    Run run = Run.of(job.program(), Reductions.NONE, OperationRun.of(steps));
    if (!run.raised().contains(property)) {
      throw new AssertionError(
          "%s: a run of %d steps to %s, and the explorer finds %s at its end"
              .formatted(job.name(), steps.size(), property, run.raised()));
    }
    return property;
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Where an engine says what the explorer does not: empty if nowhere. */
  String disagreement() {
    StringBuilder all = new StringBuilder();
    if (explorer.undecided() || explorerOfMended.undecided()) {
      all.append("the explorer did not end; ");
    }
    if (explorer.violated().isEmpty()) {
      all.append("to the explorer the defect breaks nothing; ");
    }
    if (!explorerOfMended.violated().isEmpty()) {
      all.append("to the explorer the design breaks ").append(explorerOfMended.violated());
    }
    differs("Lincheck", explorer, lincheck, all);
    differs("Lincheck, of the design", explorerOfMended, lincheckOfMended, all);
    differs("JPF", explorer, jpf, all);
    differs("JPF, of the design", explorerOfMended, jpfOfMended, all);
    return all.toString();
  }

  private static void differs(
      String who, Opinion explorer, Optional<Opinion> other, StringBuilder all) {
    if (other.isEmpty() || other.get().undecided()) {
      return;
    }
    ImmutableSet<Property> violated = other.get().violated();
    if (!explorer.violated().containsAll(violated)
        || violated.isEmpty() && !explorer.violated().isEmpty()) {
      all.append(
          "%s finds %s violated, the explorer %s; ".formatted(who, violated, explorer.violated()));
    }
  }
}
