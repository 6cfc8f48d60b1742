package dev.kstack.checks.trace;

import dev.kstack.checks.explore.Reductions;

/** How much a step of a stored run is. */
public enum Grain {
  /** A transaction, as a search with all reductions takes them. */
  TRANSACTION("transaction", Reductions.ALL),
  /** One operation, with the choices before it: what somebody has recorded who takes no others. */
  OPERATION("operation", Reductions.NONE),
  /**
   * The same, where what nobody needs to read is forgotten between activations, as Java PathFinder
   * is told to: who reads it all the same may go another way.
   */
  FORGETFUL_OPERATION("operation-forgetting", Reductions.DEAD_VALUES);

  private final String label;
  private final Reductions reductions;

  Grain(String label, Reductions reductions) {
    this.label = label;
    this.reductions = reductions;
  }

  /** As trace files have it. */
  String label() {
    return label;
  }

  /** The reductions under which steps are of this grain. */
  public Reductions reductions() {
    return reductions;
  }

  /** The grain of steps taken under these. */
  public static Grain of(Reductions reductions) {
    return reductions.transactions()
        ? TRANSACTION
        : reductions.deadValues() ? FORGETFUL_OPERATION : OPERATION;
  }
}
