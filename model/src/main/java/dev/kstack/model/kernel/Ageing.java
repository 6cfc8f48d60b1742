package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/**
 * How a shrinker forgets which pages were accessed: it clears A, so that the latch of the proposal
 * opens again. Intel SDM 3A 4.10.4.3: without an invalidation, A=0 proves nothing from then on.
 */
public interface Ageing extends Decision {
  /**
   * With the exclusion in force.
   *
   * @return the frames of the pages whose A was cleared, as a set
   */
  int clearAccessed(Machine m, Kernel k, Task task);

  /** With no lock held, if A was cleared somewhere. */
  default void afterwards(Machine m, Kernel k, Task task) {}
}
