package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/** How the shrinker gives unmapped frames back: when TLBs are flushed, when frames are freed. */
public interface Release extends Decision {
  /** With the exclusion still in force, right after PTEs of the stack were cleared. */
  default void beforeExclusionEnds(Machine m, Kernel k, Task task) {}

  /** With no lock held. */
  void release(Machine m, Kernel k, Task task, int frames);
}
