package dev.kstack.checks.compare;

import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.spec.StackProperties;
import org.jspecify.annotations.Nullable;

/**
 * Can a thread that holds what reclaim waits for become unschedulable for good, with a frame for
 * every page of every stack?
 *
 * @param decided did the search end?
 * @param steps of a shortest run to where it can; null if it cannot
 */
public record Trapped(boolean decided, @Nullable Integer steps) {
  static Trapped of(SearchResult result) {
    Counterexample run = result.found().get(StackProperties.SCHEDULABLE);
    boolean decided =
        run != null
            || result.complete() && !result.undecided().containsKey(StackProperties.SCHEDULABLE);
    return new Trapped(decided, run == null ? null : run.steps().size());
  }

  /** As verdicts are shown. */
  String cell() {
    return !decided ? "?" : steps == null ? "ok" : "X " + steps;
  }
}
