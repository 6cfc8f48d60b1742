package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.live.OperationRun;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Judge;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.machine.ModelError;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Java PathFinder says of a job, and what the explorer says of the same job.
 *
 * @param job what both searched
 * @param verdicts of the properties that JPF was asked about
 * @param notAsked the others that the design claims
 * @param searches of JPF, one after the other: each violation ends one
 * @param explorer the explorer's search
 * @param remarks what people should know
 * @param agrees does JPF say of no property what the explorer does not?
 */
public record JpfDecision(
    Job job,
    ImmutableList<JpfVerdict> verdicts,
    ImmutableList<Property> notAsked,
    ImmutableList<JpfSearch> searches,
    SearchResult explorer,
    ImmutableList<String> remarks,
    boolean agrees) {

  /**
   * Searches until every property is decided, or the time is over.
   *
   * @param activations how many of each process; {@link JpfTarget#ENDLESS} for no end
   * @param seconds for all searches of the job together
   * @throws IOException if JPF cannot be started
   */
  public static JpfDecision of(
      Job job, int activations, JpfRunner runner, double seconds, SearchResult explorer)
      throws IOException {
    ImmutableList<Finding> expected = expected(job, explorer);
    Set<Property> open = new LinkedHashSet<>();
    List<Property> notAsked = new ArrayList<>();
    for (Finding finding : expected) {
      if (finding.verdict() != Verdict.NOT_CLAIMED) {
        boolean asks = JpfTask.canDecide(finding.property()) && !standsStillOtherwise(job, finding);
        (asks ? open : notAsked).add(finding.property());
      }
    }
    Set<Property> asked = new LinkedHashSet<>(open);
    Map<Property, JpfOutcome.Violated> violated = new LinkedHashMap<>();
    List<JpfSearch> searches = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    boolean exhausted = false;
    ImmutableSortedSet<String> plain = ImmutableSortedSet.of();
    long began = System.nanoTime();
    while (!open.isEmpty() && !exhausted) {
      double left = seconds - (System.nanoTime() - began) / 1e9;
      if (left <= 0) {
        remarks.add("JPF: the budget of seconds is used up");
        break;
      }
      JpfSearch search =
          runner.search(new JpfTask(job, activations, ImmutableSet.copyOf(open), plain), left);
      plain = search.task().announced();
      searches.add(search);
      if (search.outcome() instanceof JpfOutcome.Violated v) {
        Property property =
            open.stream().filter(p -> p.name().equals(v.property())).findFirst().orElse(null);
        if (property == null) {
          remarks.add("JPF reports %s, which it was not asked about".formatted(v.property()));
          break;
        }
        violated.put(property, v);
        open.remove(property);
        if (property.equals(StackProperties.DATA_RACE_FREE)) {
          plain = ImmutableSortedSet.of(); // nobody looks for races any more
        }
      } else if (search.outcome() instanceof JpfOutcome.Stopped stopped) {
        remarks.add(stopped.why());
        break;
      } else if (search.outcome() instanceof JpfOutcome.Broken broken) {
        remarks.add(broken.why());
        break;
      } else if (activations == JpfTarget.ENDLESS) {
        exhausted = true;
      } else {
        remarks.add(
            "no violation of the undecided ones within %d activations of each process"
                .formatted(activations));
        break;
      }
    }
    if (!plain.isEmpty()) {
      remarks.add(
          "others may touch %s, which is accessed plainly, but JPF found nobody about to"
              .formatted(String.join(", ", plain)));
    }
    ImmutableList.Builder<JpfVerdict> verdicts = ImmutableList.builder();
    boolean agrees = true;
    for (Finding finding : expected) {
      Property property = finding.property();
      if (asked.contains(property)) {
        boolean races = property.equals(StackProperties.DATA_RACE_FREE) && !plain.isEmpty();
        boolean decided = exhausted && !races;
        JpfVerdict verdict = verdict(job, finding, violated.get(property), decided);
        verdicts.add(verdict);
        String difference = difference(verdict, explorer);
        if (difference != null) {
          agrees = false;
          remarks.add(difference);
        }
      }
    }
    return new JpfDecision(
        job,
        verdicts.build(),
        ImmutableList.copyOf(notAsked),
        ImmutableList.copyOf(searches),
        explorer,
        ImmutableList.copyOf(remarks),
        agrees);
  }

  /** What the explorer says, and what a single state shows of who can never run again. */
  private static ImmutableList<Finding> expected(Job job, SearchResult explorer) {
    ImmutableList<Finding> findings = new Judge(job, explorer).findings();
    if (job.assumptions().kernel().equals(KernelLoad.BARE)) {
      return findings;
    }
    Property circle = StackProperties.NO_CIRCLE;
    boolean found = explorer.found().containsKey(circle);
    Verdict verdict =
        found ? Verdict.VIOLATED : explorer.complete() ? Verdict.HOLDS : Verdict.UNDECIDED;
    return ImmutableList.<Finding>builder()
        .addAll(findings)
        .add(new Finding(circle, verdict, verdict, explorer.found().get(circle)))
        .build();
  }

  /**
   * JPF sees a deadlock as a circle of processes that wait for each other. That nobody gets
   * anywhere though CPUs still look, over and over, it does not see; it comes up where all that
   * reclaim needs is held by who cannot run.
   */
  private static boolean standsStillOtherwise(Job job, Finding finding) {
    return finding.property().equals(StackProperties.DEADLOCK_FREE)
        && finding.verdict() == Verdict.VIOLATED
        && !job.assumptions().kernel().equals(KernelLoad.BARE);
  }

  private static JpfVerdict verdict(
      Job job, Finding expected, JpfOutcome.@Nullable Violated violated, boolean exhausted) {
    Property property = expected.property();
    if (violated == null) {
      Verdict never = isSanity(property) ? Verdict.UNREACHABLE : Verdict.HOLDS;
      Verdict verdict = exhausted ? never : Verdict.UNDECIDED;
      return new JpfVerdict(
          new Finding(property, verdict, expected.expected(), null),
          ImmutableList.of(),
          ImmutableList.of(),
          "");
    }
    return replayed(job, property, expected.expected(), violated);
  }

  /** The explorer takes the run of JPF, operation by operation, or it diverges. */
  static JpfVerdict replayed(
      Job job, Property property, Verdict expected, JpfOutcome.Violated violated) {
    SearchResult.Counterexample run = OperationRun.of(violated.steps());
    String diverged = "";
    try {
      Run taken = Run.of(job.kernel(), Reductions.DEAD_VALUES, run);
      if (!taken.raised().contains(property)) {
        diverged =
            "the explorer takes all its %d steps, but %s is not broken at its end"
                .formatted(run.steps().size(), property);
      } else if (!violated.race().isEmpty() && !isLast(violated.race().get(0), taken)) {
        diverged =
            "the explorer takes all its %d steps, but the last is not %s"
                .formatted(run.steps().size(), violated.race().get(0));
      }
    } catch (ModelError e) {
      diverged = e.getMessage();
    }
    return new JpfVerdict(
        new Finding(
            property,
            isSanity(property) ? Verdict.REACHED : Verdict.VIOLATED,
            expected,
            diverged.isEmpty() ? run : null),
        violated.steps(),
        violated.race(),
        diverged);
  }

  private static boolean isSanity(Property property) {
    return property.kind() == Property.Kind.SANITY;
  }

  /** Is the last operation of a run that access, and plain? */
  private static boolean isLast(JpfAccess access, Run run) {
    return run.steps().get(run.steps().size() - 1).events().stream()
        .anyMatch(
            e ->
                !e.races().isEmpty()
                    && e.file().equals(access.file())
                    && e.line() == access.line());
  }

  /** What is wrong between the two; null if nothing is. */
  private static @Nullable String difference(JpfVerdict verdict, SearchResult explorer) {
    boolean found = explorer.found().containsKey(verdict.property());
    if (!verdict.diverged().isEmpty()) {
      return "JPF's run to %s is none of the explorer's: %s"
          .formatted(verdict.property(), verdict.diverged());
    }
    return switch (verdict.finding().verdict()) {
      case VIOLATED, REACHED ->
          !found && explorer.complete()
              ? "JPF and the explorer DISAGREE: to the explorer no run comes to %s"
                  .formatted(verdict.property())
              : null;
      case HOLDS, UNREACHABLE ->
          found
              ? "JPF and the explorer DISAGREE: to the explorer some run comes to %s"
                  .formatted(verdict.property())
              : null;
      case VACUOUS, UNDECIDED, NOT_CLAIMED -> null;
    };
  }

  /** A verdict that nobody expected, or that the explorer does not share, is none as expected. */
  public Outcome outcome() {
    boolean surprising = verdicts.stream().anyMatch(JpfVerdict::surprising);
    if (surprising || !agrees) {
      return Outcome.NOT_AS_EXPECTED;
    }
    return verdicts.stream().allMatch(v -> v.finding().decided())
        ? Outcome.AS_EXPECTED
        : Outcome.UNDECIDED;
  }

  public double seconds() {
    return statistics().stream().mapToDouble(JpfStatistics::seconds).sum();
  }

  /** New ones, of the largest of its searches. */
  public long states() {
    return statistics().stream().mapToLong(JpfStatistics::newStates).max().orElse(0);
  }

  public long transitions() {
    return statistics().stream().mapToLong(s -> s.newStates() + s.visitedStates()).max().orElse(0);
  }

  public long megabytes() {
    return statistics().stream().mapToLong(JpfStatistics::megabytes).max().orElse(0);
  }

  private List<JpfStatistics> statistics() {
    List<JpfStatistics> all = new ArrayList<>();
    for (JpfSearch search : searches) {
      if (search.statistics() != null) {
        all.add(search.statistics());
      }
    }
    return all;
  }
}
