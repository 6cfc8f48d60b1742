package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/**
 * K: mm/oom_kill.c, out_of_memory(): want of frames is answered by a kill. The victim must run to
 * die, and nobody else is killed until it has.
 *
 * @param reserve are as many frames as a stack lacks kept for the victim? (H27)
 */
public record OomKill(boolean reserve) implements Decision {
  @Override
  public String title() {
    return "where frames are short a thread is killed, which "
        + (reserve
            ? "is filled from a reserve that nobody else may touch"
            : "is filled like others");
  }

  /** Must it do an operation? */
  @Override
  public boolean acts() {
    return reserve;
  }

  /** K: __alloc_pages_may_oom(): whoever gets no frames kills, and then waits for them. */
  public void outOfMemory(Machine m, Kernel k) {
    m.call(() -> OomKiller.outOfMemory(m, k));
  }

  /** How many frames a thread must leave in the pool. */
  public int leaves(Machine m, Kernel k, Task task) {
    return reserve && m.readOnce(k.oomVictim()) != task.number ? reserved(k) : 0;
  }

  /** As many as a stack lacks at most. */
  int reserved(Kernel k) {
    return reserve ? k.pages() - 1 : 0;
  }
}
