package dev.kstack.checks.report;

/** What a search says of a property. */
public enum Verdict {
  /** In every run. */
  HOLDS("holds"),
  /** Some run breaks it. */
  VIOLATED("violated"),
  /** No run breaks it, but its situation never came up or an operation of the design never ran. */
  VACUOUS("vacuous"),
  /** The budget ended the search, and no run so far decides it. */
  UNDECIDED("undecided"),
  /** Some run does it; of sanity properties. */
  REACHED("reached"),
  /** No run does it; of sanity properties. */
  UNREACHABLE("unreachable"),
  /** The design does not claim it, so nothing that is found of it is a defect. */
  NOT_CLAIMED("not-claimed");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** As in the reports. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
