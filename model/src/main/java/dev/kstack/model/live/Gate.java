package dev.kstack.model.live;

/** Where a process comes by before each operation: who may do one, and who looks at it. */
interface Gate {
  /**
   * Does the operation when it is possible.
   *
   * @return its result
   * @throws Abandoned if the process should choose again
   * @throws EndOfRun if the run is over
   */
  int perform(int process, Wish wish);

  /** The process is between two activations. */
  void rested(int process);

  /** The process takes no more steps; because of an error, if that is not null. */
  void finish(int process, @org.jspecify.annotations.Nullable Throwable error);

  /** Are operations made one at a time? Then nobody needs to lock the bus. */
  boolean serial();
}
