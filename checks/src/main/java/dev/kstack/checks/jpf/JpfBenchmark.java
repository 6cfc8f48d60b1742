package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Job;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The explorer and Java PathFinder on the same models, one after the other, in one run. */
public final class JpfBenchmark {
  /** Operation by operation: JPF goes in steps, but joins less than the explorer. */
  private static final Reductions AS_JPF = Reductions.NONE;

  private final JpfRunner runner;
  private final double seconds;
  private final BooleanSupplier interrupted;
  private final PrintWriter out;

  /**
   * A benchmark.
   *
   * @param seconds of JPF for each model
   */
  public JpfBenchmark(
      JpfRunner runner, double seconds, BooleanSupplier interrupted, PrintWriter out) {
    this.runner = runner;
    this.seconds = seconds;
    this.interrupted = interrupted;
    this.out = out;
  }

  /**
   * Runs it. Returns false if JPF did not come to an end of every model.
   *
   * @throws IOException if JPF cannot be started
   */
  public boolean run(List<Job> jobs) throws IOException {
    out.printf(
        "The same model, the same properties, to the end; wall-clock time with the start of the JVM"
            + " (JPF),%nand in a warm one (explorer). Java PathFinder is found by %s.%n%n",
        runner.installation().foundBy());
    boolean complete = true;
    for (Job job : jobs) {
      if (interrupted.getAsBoolean()) {
        return false;
      }
      complete &= compare(job);
    }
    out.flush();
    return complete;
  }

  private boolean compare(Job job) throws IOException {
    out.printf("%s, %s: %s%n", job.name(), job.assumptions(), Job.inWords(job.sizes()));
    Set<Property> asked = new LinkedHashSet<>();
    job.program().layout().claims().stream()
        .filter(p -> job.subject().expectation().claims(p) && JpfTask.canDecide(p))
        .forEach(asked::add);
    search(job, Reductions.ALL); // to warm up
    SearchResult reduced = search(job, Reductions.ALL);
    search(job, AS_JPF);
    SearchResult plain = search(job, AS_JPF);
    asked.removeAll(reduced.found().keySet()); // what is violated would end JPF's search early
    JpfSearch jpf =
        runner.search(new JpfTask(job, JpfTarget.ENDLESS, ImmutableSet.copyOf(asked)), seconds);
    List<String> lines = new ArrayList<>();
    lines.add(line("explorer", reduced.states(), reduced.transitions(), reduced.seconds()));
    lines.add(
        line("explorer, no reductions", plain.states(), plain.transitions(), plain.seconds()));
    JpfStatistics statistics = jpf.statistics();
    if (statistics == null) {
      lines.add("  JPF: " + why(jpf.outcome()));
      lines.forEach(out::println);
      return false;
    }
    long transitions = statistics.newStates() + statistics.visitedStates();
    lines.add(line("JPF", statistics.newStates(), transitions, statistics.seconds()));
    boolean complete = jpf.outcome() instanceof JpfOutcome.Exhausted;
    String atLeast = complete ? "" : "at least ";
    lines.add(
        "  JPF takes %s%,.0f times as long as the explorer, and %s%,.0f times as long as without"
            .formatted(
                atLeast,
                statistics.seconds() / reduced.seconds(),
                atLeast,
                statistics.seconds() / plain.seconds()));
    lines.add(
        "  reductions; a transition takes JPF %,.0f times as long, and it used %,d MB."
            .formatted(
                statistics.seconds() / transitions / (plain.seconds() / plain.transitions()),
                statistics.megabytes()));
    if (!complete) {
      lines.add("  JPF did not end: %s".formatted(why(jpf.outcome())));
    }
    lines.add("");
    lines.forEach(out::println);
    out.flush();
    return complete;
  }

  private SearchResult search(Job job, Reductions reductions) {
    return new Explorer(
            job.kernel(), Settings.DEFAULT.withReductions(reductions).withInterrupted(interrupted))
        .search();
  }

  private static String line(String who, long states, long transitions, double seconds) {
    return "  %-24s %,10d states %,10d transitions %9.3f s %,12.0f transitions/s"
        .formatted(who, states, transitions, seconds, transitions / seconds);
  }

  private static String why(JpfOutcome outcome) {
    if (outcome instanceof JpfOutcome.Stopped stopped) {
      return stopped.why();
    }
    if (outcome instanceof JpfOutcome.Broken broken) {
      return broken.why();
    }
    return outcome instanceof JpfOutcome.Violated violated
        ? "it found %s violated, and the explorer did not".formatted(violated.property())
        : "every state was visited";
  }
}
