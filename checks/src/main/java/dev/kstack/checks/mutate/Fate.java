package dev.kstack.checks.mutate;

import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.spec.Property;
import org.jspecify.annotations.Nullable;

/** What became of a mutant. */
sealed interface Fate {
  /**
   * A property is not as it is in the design.
   *
   * @param property which one; of several that with the shortest run
   * @param how the number of steps; or what its verdict is, if it is that something never happens
   * @param rung where
   * @param states found until the search ended
   * @param run a shortest one that shows it; null if it is that something never happens
   */
  record Killed(Property property, String how, Rung rung, long states, @Nullable Counterexample run)
      implements Fate {}

  /** It breaks the rules of the machine, such as who may touch a word: the search refuses it. */
  record Refused(String message, Rung rung) implements Fate {}

  /** All searches went to their end, and nothing was found. */
  record Survived(long states) implements Fate {}

  /** The budget ended a search, and nothing was found until then. */
  record Undecided(String why, Rung rung, long states) implements Fate {}

  /** An operation that it should change was never wanted, so nothing was tried. */
  record NotApplied(Rewrite rewrite) implements Fate {}
}
