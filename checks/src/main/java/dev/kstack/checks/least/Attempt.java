package dev.kstack.checks.least;

import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Verdict;
import dev.kstack.spec.Property;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value, and what the search found for it.
 *
 * @param value of the quantity
 * @param job what was searched
 * @param result what was found
 * @param property what was judged
 * @param verdict on the property: holds, violated, vacuous or undecided
 * @param run that breaks the property; null if none does
 */
public record Attempt(
    int value,
    Job job,
    SearchResult result,
    Property property,
    Verdict verdict,
    @Nullable Counterexample run) {

  /**
   * Judges a search by the first of the properties that does not hold, or else by the last. One
   * that nothing put to the test does not hold: it is vacuous.
   */
  static Attempt of(int value, Job job, SearchResult result, List<Property> properties) {
    Attempt attempt = null;
    for (Property property : properties) {
      if (attempt == null || attempt.holds()) {
        attempt = of(value, job, result, property);
      }
    }
    return Objects.requireNonNull(attempt);
  }

  private static Attempt of(int value, Job job, SearchResult result, Property property) {
    Counterexample run = result.found().get(property);
    boolean decided = result.complete() && !result.undecided().containsKey(property);
    Verdict verdict =
        run != null
            ? Verdict.VIOLATED
            : !decided
                ? Verdict.UNDECIDED
                : result.premises().contains(property) ? Verdict.HOLDS : Verdict.VACUOUS;
    return new Attempt(value, job, result, property, verdict, run);
  }

  boolean holds() {
    return verdict == Verdict.HOLDS;
  }
}
