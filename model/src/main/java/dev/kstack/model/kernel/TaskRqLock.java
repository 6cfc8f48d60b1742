package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.WordType;
import java.util.List;

/**
 * K: kernel/sched/core.c, __task_rq_lock(): the lock of the run queue that a task is on, with its
 * pi_lock held. Who moves runnable threads does not take pi_lock, so the run queue that was read
 * may be the wrong one once its lock is held (H33).
 */
public final class TaskRqLock {
  private final Kernel k;
  private final Instruction whileMigrating;

  TaskRqLock(Kernel k, List<Task> tasks) {
    this.k = k;
    whileMigrating = new WhileMigrating(tasks);
  }

  /** Takes the lock. Nobody picks the task, enqueues it or moves it while it is held. */
  public RunQueue lock(Machine m, Task task) {
    if (!k.assumptions().scheduler().moves()) {
      return lockOnce(m, task); // pi_lock keeps task_cpu() as it is
    }
    return k.rq(m.retry(WordType.NUMBER, () -> tryToLock(m, task)) - 1);
  }

  /** H33: without looking again. */
  public RunQueue lockOnce(Machine m, Task task) {
    RunQueue rq = k.rq(m.readOnce(task.cpu));
    m.lock(rq.lock);
    return rq;
  }

  /** Returns the number of the CPU and 1, or 0 if the task has gone elsewhere meanwhile. */
  private int tryToLock(Machine m, Task task) {
    int cpu = m.readOnce(task.cpu);
    RunQueue rq = k.rq(cpu);
    m.lock(rq.lock);
    if (m.readOnce(task.cpu) == cpu && m.readOnce(task.onRq) != Task.MIGRATING) {
      return cpu + 1;
    }
    m.unlock(rq.lock);
    m.execute(whileMigrating, task.number, 0, 0);
    return 0;
  }

  /** K: {@code while (unlikely(task_on_rq_migrating(p))) cpu_relax();}. */
  private record WhileMigrating(List<Task> tasks) implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int variants(Memory memory, int process, int task, int b, int c) {
      return memory.get(tasks.get(task - 1).onRq) == Task.MIGRATING ? 0 : 1;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      return variants(memory, process, task, b, c) == 0 ? BLOCKED : 0;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return "while (task_on_rq_migrating(%s)) cpu_relax()".formatted(tasks.get(task - 1));
    }
  }
}
