package dev.kstack.model.machine;

/**
 * A deterministic function from what its operations returned to the operation that it wants next:
 * plain Java over a {@link Machine}. It runs in activations, one entry into the kernel each.
 * Between activations nothing is remembered but a small number.
 *
 * <p>Because the explorer runs it again and again, it writes no field, catches nothing around a
 * machine operation, reads no clock, and draws every decision from {@link Machine#choose}.
 */
public interface Process {
  /** As in traces: {@code C0}, {@code S}. */
  String name();

  /**
   * One activation.
   *
   * @param local what the previous activation returned; 0 the first time
   * @return the number to be remembered
   */
  int run(Machine m, int local);

  /** Do its steps count as life? A system in which only others can step is deadlocked. */
  default boolean counts() {
    return true;
  }

  /** On whose behalf it acts now, for people: the task that a CPU runs. Empty if nobody's. */
  default String actingFor(Memory memory) {
    return "";
  }

  /** Called inside the last operation of each activation, to check what must be true at rest. */
  default void rested(Memory memory) {}
}
