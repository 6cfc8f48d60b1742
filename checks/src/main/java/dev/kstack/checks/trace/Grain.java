package dev.kstack.checks.trace;

import dev.kstack.checks.explore.Reductions;

/** How much a step of a stored run is. */
public enum Grain {
  /** A transaction, as a search with all reductions takes them. */
  TRANSACTION(Reductions.ALL),
  /** One operation, with the choices before it: what somebody has recorded who takes no others. */
  OPERATION(Reductions.NONE);

  private final Reductions reductions;

  Grain(Reductions reductions) {
    this.reductions = reductions;
  }

  /** The reductions under which steps are of this grain. */
  public Reductions reductions() {
    return reductions;
  }
}
