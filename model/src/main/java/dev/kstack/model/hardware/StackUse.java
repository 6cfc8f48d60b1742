package dev.kstack.model.hardware;

import dev.kstack.model.machine.Pte;

/**
 * What a design looks at besides the A bit, and so must be part of the state. Nothing here costs a
 * design that does not ask for it.
 *
 * @param savesSp {@code thread.sp} of who is switched out: the page that it stands in
 * @param dirtyBit pages are mapped with A set and D clear, loads and stores differ, and a TLB entry
 *     with D clear serves loads alone
 * @param userMode threads run in user mode too, where their kernel stack is empty
 * @param movesWhole a stack is one unit, with an address of its own: it is a single page here, and
 *     which task has it is no matter to a TLB
 */
public record StackUse(boolean savesSp, boolean dirtyBit, boolean userMode, boolean movesWhole) {
  /** A thread has a stack, stores to it sets A, and nobody looks at its stack pointer. */
  public static final StackUse PLAIN = new StackUse(false, false, false, false);

  /** A switched out thread's stack pointer is known. */
  public static final StackUse SAVED_SP = new StackUse(true, false, false, false);

  /** D is looked at in place of A. */
  public static final StackUse DIRTY_BIT = new StackUse(false, true, false, false);

  /** A stack is empty while its thread is in user mode. */
  public static final StackUse USER_MODE = new StackUse(true, false, true, false);

  /** Stacks are handed from thread to thread as they are. */
  public static final StackUse WHOLE_STACKS = new StackUse(true, false, true, true);

  /**
   * The flags of a page that is mapped anew. Not those of K: PAGE_KERNEL, where A and D are set at
   * birth and nothing would ever be reclaimed (H22): the bit that is looked at is clear.
   */
  public int fresh() {
    if (movesWhole) {
      return Pte.FLAGS;
    }
    return dirtyBit ? Pte.PRESENT | Pte.ACCESSED : Pte.PRESENT | Pte.DIRTY;
  }
}
