package dev.kstack.model.design;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.RunQueue;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.function.IntSupplier;

/**
 * H9: the shrinker goes from run queue to run queue, and takes two locks in the order that is not
 * that of K: kernel/sched/core.c, try_to_wake_up().
 *
 * <pre>
 * S                                  C0, waking T
 * takes the rq lock
 *                                    takes T's pi_lock
 * waits for T's pi_lock
 *                                    waits for the rq lock
 * </pre>
 */
record RunQueueLockFirst() implements Exclusion {
  @Override
  public String title() {
    return "the shrinker takes the rq lock, then pi_lock";
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    int cpu = m.choose("run queue", 0, k.cpus() - 1);
    RunQueue rq = k.rq(cpu);
    m.lock(rq.lock);
    m.lock(task.piLock);
    boolean offCpu = m.readOnce(task.cpu) == cpu && m.readOnce(task.onCpu) == 0;
    int result = offCpu ? m.call(WordType.FRAMES, function) : 0;
    m.unlock(task.piLock);
    m.unlock(rq.lock);
    return result;
  }
}
