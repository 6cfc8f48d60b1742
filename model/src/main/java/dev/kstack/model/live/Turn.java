package dev.kstack.model.live;

/** Whose turn it is: what a {@link FlatMachine} asks of whoever runs it. */
interface Turn {
  /** Lets others come in, and returns when it is this process's turn again. */
  void handOver();

  /** The same, but the process cannot go on before others have done something. */
  default void waits() {
    handOver();
  }

  /** One of the numbers from 0 on. */
  int choose(int count);

  /** What was chosen is not possible. Does not return. */
  void impossible();

  /**
   * A process has done an operation, or come to rest after choosing.
   *
   * @param choices since the operation before, as {@link StepCode}
   */
  void done(int process, long choices);

  /** Does somebody look for data races? */
  default boolean looksForRaces() {
    return false;
  }

  /** Must others be able to come in before any operation on this word? */
  default boolean announces(int word) {
    return false;
  }

  /** Hands over, and says meanwhile what the process will do when it is its turn again. */
  default void announce(int process, int operation, int word, long choices) {
    handOver();
  }

  /** A plain access to a word that others may touch must have been announced. */
  default void require(int word) {}
}
