package dev.kstack.checks.explore;

/** Hears of every operation in a step, right after it. */
@FunctionalInterface
interface OpListener {
  OpListener NONE = (op, variant, result) -> {};

  /**
   * An operation was done.
   *
   * @param variant in which of its ways, for an instruction
   */
  void performed(Op op, int variant, int result);

  /** An instruction is about to be done. */
  default void executes(Op op) {}

  /** An operation was wanted that has to wait. */
  default void blocked(Op op) {}
}
