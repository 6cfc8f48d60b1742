package dev.kstack.checks.explore;

import java.io.IOException;

/** The states that a search has seen. */
interface VisitedSet {
  /**
   * Adds a state.
   *
   * @param states where the packed state is
   * @param at from where on
   * @param fingerprint its {@link Fingerprint}
   * @param tag what stands for its number if it is new, until it has one; see {@link Batch#tag}
   * @return {@link Batch#NEW}; or the number of the state, or what stands for it. If numbers are
   *     not kept, anything but {@link Batch#NEW}
   */
  int add(long[] states, int at, long fingerprint, int tag);

  /** A state that was added gets its number: how many were new before it. */
  void number(long fingerprint, int number);

  /** No numbers are needed any more. */
  void forgetNumbers();

  /** Gives its memory back: the search has ended. Its size is kept. */
  void release();

  /**
   * Asks memory for what {@link #add} is going to look at. What it returns is of no meaning, but to
   * be used, or no code is made for it.
   */
  long fetch(long fingerprint);

  long size();

  /** Memory in use, in bytes. */
  long bytes();

  /** The probability that some two states were taken for one. */
  double collisionProbability();

  /** Writes all of it. */
  void put(CheckpointOut out) throws IOException;

  /** Reads all of it, in place of what is in it. The processes' nodes must be known. */
  void take(CheckpointIn in) throws IOException;
}
