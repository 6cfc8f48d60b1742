package dev.kstack.model.machine;

/**
 * A rule of who alone may touch a word now, where that is not one lock: it depends on the state.
 * The explorer checks it at every operation on the word, and joins operations that it makes
 * unnoticed; that this is sound although it checks only the reduced state space is shown by Stoller
 * and Cohen, Optimistic Synchronization-Based State-Space Reduction, TACAS 2003.
 *
 * <p>Whoever the rule names stays so until it does something itself.
 */
public interface Exclusive {
  /** Everybody may touch it. */
  int EVERYBODY = -1;

  /** Nobody may touch it: a lock must be taken first. */
  int NOBODY = -2;

  /** The number of the only process that may touch the word now, or one of the constants. */
  int owner(Memory memory);

  /**
   * Where everybody may read the word: the only process that may write it now, or one of the
   * constants. Its reads commute with all that others may do.
   */
  default int writer(Memory memory) {
    return EVERYBODY;
  }

  /**
   * How an operation of the owner commutes with what the hardware does to the word, and with what
   * others may do to it by instructions.
   *
   * @param writes may it change the word?
   */
  default Mover mover(Memory memory, boolean writes) {
    return Mover.BOTH;
  }
}
