package dev.kstack.checks.report;

/** What a run, or all of them together, come to. From the best to what is reported first. */
public enum Outcome {
  /** Every property is as expected. */
  AS_EXPECTED,
  /** All that is decided is as expected, but not everything is decided. */
  UNDECIDED,
  /** Some verdict, or the size of the search, is not what it should be. */
  NOT_AS_EXPECTED;

  public Outcome and(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
