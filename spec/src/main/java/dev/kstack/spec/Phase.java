package dev.kstack.spec;

/** Where a thread is, as far as its stack is concerned. */
public enum Phase {
  /** It sleeps, or waits for a CPU. */
  OFF_CPU,
  /** It is current on some CPU. */
  ON_CPU,
  /** It is to run and cannot: its stack lacks pages. */
  PARKED,
  /** It is dead: nobody has the stack. Pages may be left, for who is born with it next. */
  EXITED,
  /** It sleeps, and pages of its stack may be missing: only who fills it wakes it. */
  FROZEN
}
