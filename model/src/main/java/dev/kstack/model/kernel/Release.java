package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/** How the shrinker gives unmapped frames back: when TLBs are flushed, when frames are freed. */
public interface Release extends Decision {
  /** With the exclusion still in force, right after PTEs of the stack were cleared. */
  default void beforeExclusionEnds(Machine m, Kernel k, Task task) {}

  /** With no lock held. */
  void release(Machine m, Kernel k, Task task, int frames);

  /**
   * Is it a flush of all TLBs and then the freeing, as a thread can do that is preempted before and
   * after the flush? Where it is not, threads do not scan: see {@link KernelLoad#reclaim}.
   */
  default boolean flushesThenFrees() {
    return false;
  }
}
