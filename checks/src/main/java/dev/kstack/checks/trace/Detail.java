package dev.kstack.checks.trace;

/** How much of each step a text shows. */
public enum Detail {
  /** What others can notice: as searches print it. */
  USUAL,
  /** The same, and which earlier step of another context let it happen. */
  CAUSES,
  /** Every operation and choice, and every word after each step. */
  FULL,
  /** Only the words that change. */
  CHANGES
}
