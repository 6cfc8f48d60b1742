package dev.kstack.checks.explore;

/** A search was ended by its budget, and has not decided what it was to find. */
public final class BudgetSpentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long states;

  BudgetSpentException(long states) {
    super("ended by the budget after %,d states".formatted(states));
    this.states = states;
  }

  /** How many states were visited until then. */
  public long states() {
    return states;
  }
}
