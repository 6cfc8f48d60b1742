package dev.kstack.checks.explore;

/** The states that a search has seen. */
interface VisitedSet {
  /**
   * Adds a state.
   *
   * @param state the packed state
   * @param fingerprint its {@link Fingerprint}
   * @return whether it is new
   */
  boolean add(long[] state, long fingerprint);

  /**
   * The number of the state that {@link #add} was called with last: how many were new before it.
   * Only for sets that keep numbers.
   */
  int number();

  /** No numbers are needed any more. */
  void forgetNumbers();

  /** Gives its memory back: the search has ended. Its size is kept. */
  void release();

  /** Asks memory for what {@link #add} is going to look at. */
  void fetch(Pending states);

  long size();

  /** Memory in use, in bytes. */
  long bytes();

  /** The probability that some two states were taken for one. */
  double collisionProbability();
}
