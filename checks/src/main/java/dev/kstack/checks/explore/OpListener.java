package dev.kstack.checks.explore;

/** Hears of every operation in a step, right after it. */
@FunctionalInterface
interface OpListener {
  OpListener NONE = (op, result) -> {};

  void performed(Op op, int result);
}
