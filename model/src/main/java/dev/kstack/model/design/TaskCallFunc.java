package dev.kstack.model.design;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.RunQueue;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.function.IntSupplier;

/**
 * K: kernel/sched/core.c, task_call_func(): with pi_lock held nobody wakes the task, with the run
 * queue's lock nobody picks it; and once {@code on_cpu} is 0 nobody is on its stack.
 */
record TaskCallFunc() implements Exclusion {
  @Override
  public String title() {
    return "the shrinker excludes the scheduler as task_call_func() does: pi_lock, then the rq lock"
        + " or on_cpu";
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    m.lock(task.piLock);
    int result = m.call(WordType.FRAMES, () -> withPiLock(m, k, task, function));
    m.unlock(task.piLock);
    return result;
  }

  private static int withPiLock(Machine m, Kernel k, Task task, IntSupplier function) {
    if (needsRqLock(m, task)) {
      return withRqLock(m, k.taskRqLock().lock(m, task), task, function);
    }
    m.waitUntil(task.onCpu, 0); // smp_cond_load_acquire(): pairs with finish_task()
    return m.call(WordType.FRAMES, function);
  }

  /** With the lock of the run queue held; releases it. */
  static int withRqLock(Machine m, RunQueue rq, Task task, IntSupplier function) {
    int result = m.readOnce(task.onCpu) == 0 ? m.call(WordType.FRAMES, function) : 0;
    m.unlock(rq.lock);
    return result;
  }

  /**
   * K: __task_needs_rq_lock(). pi_lock keeps a sleeper asleep, but not one whose wakeup was left to
   * another CPU: "Make sure to check @state since ttwu() can drop locks at the end".
   */
  static boolean needsRqLock(Machine m, Task task) {
    int state = m.readOnce(task.state);
    return state == Task.RUNNING || state == Task.WAKING || m.readOnce(task.onRq) != 0;
  }
}
