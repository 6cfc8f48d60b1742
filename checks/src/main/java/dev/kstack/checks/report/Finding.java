package dev.kstack.checks.report;

import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.spec.Property;
import org.jspecify.annotations.Nullable;

/**
 * What a search found about one property.
 *
 * @param property the property
 * @param verdict what was found
 * @param expected what should be found
 * @param run a shortest run that breaks it, or reaches it; null if there is none
 */
public record Finding(
    Property property, Verdict verdict, Verdict expected, @Nullable Counterexample run) {

  /** Is there a verdict, or need there be none? A search that found its goal owes no others. */
  public boolean decided() {
    return verdict != Verdict.UNDECIDED || asExpected();
  }

  public boolean asExpected() {
    return verdict == expected;
  }
}
