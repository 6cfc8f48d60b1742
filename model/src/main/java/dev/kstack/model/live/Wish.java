package dev.kstack.model.live;

/** The operation that a process wants next. */
interface Wish extends Waiting {
  /** The lock is held, or the word has another value: the process waits here. */
  int WAITS = Integer.MIN_VALUE;

  /** What was chosen is not possible now: the process may choose something else. */
  int IMPOSSIBLE = Integer.MIN_VALUE + 1;

  /** Does it, or nothing at all; returns the result, or one of the constants. */
  int attempt();

  /** Was something chosen since the last operation, that can be chosen again? */
  boolean chosen();

  /** Would it have to wait now? */
  boolean waits();

  /**
   * May others come in before it? If not, they would not notice whether it comes at once after the
   * operation that the process did last.
   */
  boolean beginsStep();
}
