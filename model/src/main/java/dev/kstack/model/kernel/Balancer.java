package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;

/**
 * Who moves runnable threads to a CPU of its own accord, without their pi_lock. K:
 * kernel/sched/rt.c and fair.c. Interrupts are off. Which CPU is the busiest, and who moves, is up
 * to the environment; who is current somewhere does not.
 */
final class Balancer {
  private static final int NOBODY = 0;

  private final Kernel k;
  private final SchedulerModel model;

  Balancer(Kernel k) {
    this.k = k;
    model = k.assumptions().scheduler();
  }

  /** In one of the ways that there are. */
  void balance(Machine m, int cpu) {
    boolean both = model.pull() && model.detach();
    if (both ? m.choose("load_balance", 0, 1) == 0 : model.pull()) {
      pull(m, cpu);
    } else {
      loadBalance(m, cpu);
    }
  }

  /** K: pull_rt_task(), also push_rt_task() of the other CPU: with both rq locks held. */
  private void pull(Machine m, int cpu) {
    int busiest = chooseBusiest(m, cpu);
    boolean parked = movesParked() && m.choose("parked", 0, 1) == 1;
    RunQueue from = k.rq(busiest);
    RunQueue to = k.rq(cpu);
    m.lock((busiest < cpu ? from : to).lock); // double_rq_lock()
    m.lock((busiest < cpu ? to : from).lock);
    if (parked) {
      m.call(() -> pullParked(m, from, to, cpu));
    } else {
      int number = m.call(WordType.TASK, () -> detachTask(m, from, cpu));
      if (number != NOBODY) {
        m.call(() -> attachTask(m, to, k.task(number)));
      }
    }
    m.unlock(from.lock);
    m.unlock(to.lock);
  }

  private boolean movesParked() {
    return k.design().refill().parkedThreads() != ParkedThreads.STAY;
  }

  /**
   * Who was refused for want of frames is so on the other CPU too, until that has tried. It is
   * parked somewhere all the time: only under both locks, so.
   */
  private void pullParked(Machine m, RunQueue from, RunQueue to, int cpu) {
    int tasks = m.read(from.parked);
    if (tasks == 0) {
      return;
    }
    Task task = k.task(m.chooseOne("task", WordType.TASKS, tasks));
    m.write(to.parked, m.read(to.parked) | task.asSet());
    m.write(from.parked, tasks & ~task.asSet());
    m.writeOnce(task.cpu, cpu); // set_task_cpu()
    if (k.design().refill().parkedThreads() == ParkedThreads.MOVE) {
      m.writeOnce(to.needResched, 1);
    }
  }

  /** K: load_balance(): detach_tasks() under one rq lock, attach_tasks() under the other. */
  private void loadBalance(Machine m, int cpu) {
    RunQueue from = k.rq(chooseBusiest(m, cpu));
    RunQueue to = k.rq(cpu);
    int number =
        m.call(
            WordType.TASK,
            () -> {
              m.lock(from.lock);
              int task = m.call(WordType.TASK, () -> detachTask(m, from, cpu));
              m.unlock(from.lock);
              return task;
            });
    if (number != NOBODY) {
      m.call(
          () -> {
            m.lock(to.lock);
            attachTask(m, to, k.task(number));
            m.unlock(to.lock);
          });
    }
  }

  private int chooseBusiest(Machine m, int cpu) {
    int other = m.choose("busiest", 0, k.cpus() - 2);
    return other < cpu ? other : other + 1;
  }

  /** K: detach_task(): deactivate_task(), set_task_cpu(). Returns who was taken, or nobody. */
  private int detachTask(Machine m, RunQueue from, int cpu) {
    int tasks = m.read(from.queue);
    if (tasks == 0) {
      return NOBODY;
    }
    Task task = k.task(m.chooseOne("task", WordType.TASKS, tasks));
    if (m.readOnce(task.onCpu) == 1) { // task_on_cpu()
      return NOBODY;
    }
    m.write(from.queue, tasks & ~task.asSet());
    if (model.detach()) {
      m.writeOnce(task.onRq, Task.MIGRATING);
    }
    m.writeOnce(task.cpu, cpu); // set_task_cpu()
    return task.number;
  }

  /** K: attach_task(): activate_task(), check_preempt_curr(). */
  private void attachTask(Machine m, RunQueue to, Task task) {
    if (model.detach()) {
      m.writeOnce(task.onRq, Task.QUEUED);
    }
    m.write(to.queue, m.read(to.queue) | task.asSet());
    m.writeOnce(to.needResched, 1);
  }
}
