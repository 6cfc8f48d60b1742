package dev.kstack.model.machine;

/**
 * An indivisible operation that is more than a load or store: what the memory management unit does
 * in one locked cycle, for example. Has no state of its own and decides nothing by itself: what it
 * does follows from the memory and its operands.
 */
public interface Instruction {
  /** Returned by {@link #execute} where the instruction cannot happen now; nothing has changed. */
  int BLOCKED = Integer.MIN_VALUE;

  /** What the result means. */
  WordType result();

  /**
   * The ways in which it can happen now, a bit each: what the hardware or the environment decides.
   * 0 if it cannot happen. The numbers of the ways mean the same in every state.
   */
  default int variants(Memory memory, int process, int a, int b, int c) {
    return 1;
  }

  /**
   * Does it, in one of its {@link #variants}.
   *
   * @param process the process that executes it
   * @return the result, or {@link #BLOCKED}
   */
  int execute(Memory memory, int process, int variant, int a, int b, int c);

  /** How it would commute with what others do, if it were executed now. */
  default Mover mover(Memory memory, int process, int variant, int a, int b, int c) {
    return Mover.NONE;
  }

  /** How it is written in a trace, without the result: {@code touch B.page[1]}. */
  String show(int variant, int a, int b, int c);
}
