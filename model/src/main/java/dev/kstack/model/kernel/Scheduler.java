package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** K: kernel/sched/core.c. Interrupts are off from entry to exit of every method here. */
final class Scheduler {
  private static final int IDLE = 0;

  private final Kernel k;
  private final Decisions design;
  private final SchedulerModel model;
  private final Balancer balancer;

  Scheduler(Kernel k, Decisions design, Balancer balancer) {
    this.k = k;
    this.design = design;
    this.balancer = balancer;
    model = k.assumptions().scheduler();
  }

  /** K: __schedule(). {@code prev} is this CPU's current task, 0 for idle. */
  void schedule(Machine m, int cpu, int prev, boolean preempted) {
    RunQueue rq = k.rq(cpu);
    m.lock(rq.lock);
    m.writeOnce(rq.needResched, 0); // before the pick: what comes later asks for another schedule()
    boolean runnable = prev != IDLE && (preempted || !deactivateIfSleeping(m, rq, k.task(prev)));
    boolean early = design.refill().moment() == RefillMoment.BEFORE_NEWIDLE_BALANCE; // H38
    if (rq.balancing != null && !early) {
      m.call(() -> balanceWithoutTheLock(m, cpu, rq.balancing));
    }
    int next = m.call(WordType.TASK, () -> pickNextTask(m, cpu, runnable ? prev : IDLE));
    if (rq.balancing != null && early) {
      m.call(() -> balanceWithoutTheLock(m, cpu, rq.balancing));
    }
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
  private static boolean deactivateIfSleeping(Machine m, RunQueue rq, Task prev) {
    int state = m.readOnce(prev.state);
    if (state == Task.RUNNING) {
      return false;
    }
    if (rq.delayed != null && Task.isAsleep(state) && m.choose("delay_dequeue", 0, 1) == 1) {
      m.write(rq.delayed, m.read(rq.delayed) | prev.asSet()); // it sleeps, and stays queued
      return true;
    }
    m.writeOnce(prev.onRq, 0); // from here a waker waits for on_cpu, in tryToWakeUp()
    return true;
  }

  /**
   * K: newidle_balance(), and balance_rt(): {@code schedule()} drops the lock of its run queue, and
   * what it knew of the run queue is no longer so. Prev is still {@code on_cpu}.
   */
  private void balanceWithoutTheLock(Machine m, int cpu, Word balancing) {
    if (m.choose("newidle_balance", 0, 1) == 0) {
      return;
    }
    RunQueue rq = k.rq(cpu);
    m.write(balancing, 1);
    m.unlock(rq.lock);
    if (model.moves() && m.choose("finds one", 0, 1) == 1) {
      m.call(() -> balancer.balance(m, cpu));
    }
    m.lock(rq.lock);
    m.write(balancing, 0);
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
    if (rq.delayed != null) {
      candidates |= m.read(rq.delayed);
    }
    if (candidates == 0) {
      return fallback;
    }
    while (candidates != 0) {
      Task next = k.task(m.chooseOne("next", WordType.TASKS, candidates));
      candidates &= ~next.asSet();
      if (dequeuedAfterAll(m, cpu, next)) {
        continue;
      }
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

  /**
   * K (6.12): kernel/sched/fair.c, pick_next_entity(): who sleeps and is still queued is dequeued
   * now, and another is picked.
   */
  private boolean dequeuedAfterAll(Machine m, int cpu, Task next) {
    RunQueue rq = k.rq(cpu);
    if (rq.delayed == null) {
      return false;
    }
    int delayed = m.read(rq.delayed);
    if ((delayed & next.asSet()) == 0) {
      return false;
    }
    if (design.refill().moment() == RefillMoment.BEFORE_DELAYED_DEQUEUE) {
      mayRun(m, cpu, next); // H37
    }
    m.write(rq.delayed, delayed & ~next.asSet());
    m.writeOnce(next.onRq, 0);
    return true;
  }

  /**
   * K: put_task_stack(), and exit_oom_victim(). Nobody has the stack after it, so what TLBs know of
   * it makes no difference.
   */
  private void freeStackOfVictim(Machine m, Task victim) {
    int frames = m.call(WordType.FRAMES, () -> unmapAll(m, victim));
    k.pool().put(m, victim, frames);
    m.writeOnce(k.oomVictim(), 0);
  }

  private int unmapAll(Machine m, Task task) {
    int frames = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> Pte.frame(m.xchg(pte, 0)));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
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
    TopLevels topLevels = design.surroundings().topLevels();
    if (topLevels != null && next != IDLE) {
      m.call(() -> topLevels.switchMm(m, k, next));
      m.call(() -> topLevels.walk(m, k, prev, next));
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
    boolean dies = k.stacks() != null || design.surroundings().oomKill() != null;
    boolean dead = dies && m.readOnce(task.state) == Task.DEAD; // prev_state
    m.call(() -> design.hook().beforeFinishTask(m, k, cpu, task));
    m.storeRelease(task.onCpu, 0); // finish_task(): pairs with the acquire in tryToWakeUp()
    m.unlock(rq.lock); // finish_lock_switch()
    m.call(() -> design.hook().afterFinishLockSwitch(m, k, cpu, task));
    if (dead && k.stacks() != null) {
      k.stacks().putTaskStack(m, task);
    } else if (dead) {
      m.call(() -> freeStackOfVictim(m, task));
    }
  }
}
