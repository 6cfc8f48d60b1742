package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.Objects;

/** K: kernel/sched/core.c. Interrupts are off from entry to exit of every method here. */
final class Scheduler {
  private static final int IDLE = 0;

  private final Kernel k;
  private final Decisions design;

  Scheduler(Kernel k, Decisions design) {
    this.k = k;
    this.design = design;
  }

  /** K: __schedule(). {@code prev} is this CPU's current task, 0 for idle. */
  void schedule(Machine m, int cpu, int prev, boolean preempted) {
    RunQueue rq = k.rq(cpu);
    m.lock(rq.lock);
    m.writeOnce(rq.needResched, 0); // before the pick: what comes later asks for another schedule()
    boolean runnable = prev != IDLE && (preempted || !deactivateIfSleeping(m, k.task(prev)));
    int next = m.call(WordType.TASK, () -> pickNextTask(m, cpu, runnable ? prev : IDLE));
    if (next == prev) {
      m.unlock(rq.lock);
    } else {
      contextSwitch(m, cpu, prev, next, runnable);
    }
  }

  /**
   * K: do_task_dead(). set_special_state() takes pi_lock: who is in the middle of waking curr from
   * an earlier sleep must be through with it, or it would put a dead task on a run queue.
   */
  void doTaskDead(Machine m, int cpu, Task curr) {
    m.lock(curr.piLock);
    m.writeOnce(curr.state, Task.DEAD);
    m.unlock(curr.piLock);
    schedule(m, cpu, curr.number, false);
  }

  /** K: __schedule(), the prev_state part: a wakeup that came first keeps the task runnable. */
  private static boolean deactivateIfSleeping(Machine m, Task prev) {
    if (m.readOnce(prev.state) == Task.RUNNING) {
      return false;
    }
    m.writeOnce(prev.onRq, 0); // from here a waker waits for on_cpu, in tryToWakeUp()
    return true;
  }

  /**
   * K: pick_next_task(), in any order that the environment likes, and the proposal's worst case:
   * "you go to schedule a new thread and can't allocate memory fill in the 4 pte_t's". Such a
   * thread is parked, and tried again by every later {@code schedule()} on this CPU.
   *
   * @param fallback who goes on if nobody else can: prev, or idle
   */
  private int pickNextTask(Machine m, int cpu, int fallback) {
    RunQueue rq = k.rq(cpu);
    int candidates = m.read(rq.queue) | m.read(rq.parked);
    if (candidates == 0) {
      return fallback;
    }
    while (candidates != 0) {
      Task next = k.task(m.chooseOne("next", WordType.TASKS, candidates));
      candidates &= ~next.asSet();
      if (mayRun(m, cpu, next)) {
        m.write(rq.queue, m.read(rq.queue) & ~next.asSet());
        m.write(rq.parked, m.read(rq.parked) & ~next.asSet());
        return next.number;
      }
      m.write(rq.queue, m.read(rq.queue) & ~next.asSet());
      m.write(rq.parked, m.read(rq.parked) | next.asSet());
    }
    return fallback;
  }

  private boolean mayRun(Machine m, int cpu, Task next) {
    return m.call(WordType.BOOLEAN, () -> design.refill().refill(m, k, cpu, next) ? 1 : 0) == 1;
  }

  /** K: context_switch(). */
  private void contextSwitch(Machine m, int cpu, int prev, int next, boolean prevRunnable) {
    RunQueue rq = k.rq(cpu);
    if (prevRunnable) {
      m.write(rq.queue, m.read(rq.queue) | k.task(prev).asSet()); // put_prev_task()
    }
    if (next != IDLE) {
      m.writeOnce(k.task(next).onCpu, 1); // prepare_task()
    }
    switchTo(m, cpu, prev, next);
    finishTaskSwitch(m, cpu, prev);
  }

  /** K: arch/x86/entry/entry_64.S, __switch_to_asm: pushes on prev's stack, pops from next's. */
  private void switchTo(Machine m, int cpu, int prev, int next) {
    if (prev != IDLE && isInKernel(m, prev)) {
      k.mmu().push(m, cpu, prev);
    }
    m.write(k.rq(cpu).curr, next);
    if (next != IDLE && isInKernel(m, next)) {
      k.mmu().pop(m, cpu, next);
    }
  }

  /**
   * If not, its registers are not on its stack, and {@code schedule()} runs on one of the CPU's.
   */
  boolean isInKernel(Machine m, int task) {
    return !k.mmu().use().userMode() || m.readOnce(k.mmu().sp(task)) < k.pages();
  }

  /**
   * K: finish_task_switch(). Runs on next's stack; prev is still {@code on_cpu}, so nobody else can
   * run it until the release below.
   */
  private void finishTaskSwitch(Machine m, int cpu, int prev) {
    RunQueue rq = k.rq(cpu);
    if (prev == IDLE) {
      m.unlock(rq.lock);
      return;
    }
    Task task = k.task(prev);
    boolean dead = k.stacks() != null && m.readOnce(task.state) == Task.DEAD; // prev_state
    m.call(() -> design.hook().beforeFinishTask(m, k, cpu, task));
    m.storeRelease(task.onCpu, 0); // finish_task(): pairs with the acquire in tryToWakeUp()
    m.unlock(rq.lock); // finish_lock_switch()
    m.call(() -> design.hook().afterFinishLockSwitch(m, k, cpu, task));
    if (dead) {
      Objects.requireNonNull(k.stacks()).putTaskStack(m, task);
    }
  }

  /** K: try_to_wake_up(), on any CPU. */
  void tryToWakeUp(Machine m, int number) {
    Task task = k.task(number);
    m.when(task.state, Task.SLEEPING);
    m.lock(task.piLock);
    if (m.readOnce(task.state) == Task.SLEEPING) {
      if (m.readOnce(task.onRq) == 1) {
        ttwuRunnable(m, task);
      } else {
        m.waitUntil(task.onCpu, 0); // smp_cond_load_acquire(): pairs with finish_task()
        ttwuQueue(m, task);
      }
    }
    m.unlock(task.piLock);
  }

  /** K: ttwu_runnable(): it has not left its run queue yet, so it only need not sleep. */
  private void ttwuRunnable(Machine m, Task task) {
    m.call(
        () -> {
          RunQueue rq = k.rq(m.readOnce(task.cpu));
          m.lock(rq.lock);
          if (m.readOnce(task.onRq) == 1) {
            m.writeOnce(task.state, Task.RUNNING);
            m.unlock(rq.lock);
            return;
          }
          m.unlock(rq.lock);
          m.waitUntil(task.onCpu, 0); // smp_cond_load_acquire(): pairs with finish_task()
          ttwuQueue(m, task);
        });
  }

  /** K: select_task_rq(), ttwu_queue(): onto any CPU's run queue. */
  private void ttwuQueue(Machine m, Task task) {
    m.call(
        () -> {
          int cpu = m.choose("select_task_rq", 0, k.cpus() - 1);
          RunQueue rq = k.rq(cpu);
          m.writeOnce(task.cpu, cpu);
          m.lock(rq.lock);
          m.writeOnce(task.onRq, 1);
          m.writeOnce(task.state, Task.RUNNING);
          m.write(rq.queue, m.read(rq.queue) | task.asSet());
          m.writeOnce(rq.needResched, 1);
          m.unlock(rq.lock);
        });
  }
}
