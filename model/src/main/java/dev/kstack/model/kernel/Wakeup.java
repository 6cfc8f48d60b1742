package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** K: kernel/sched/core.c, try_to_wake_up() and what it calls. Interrupts are off. */
final class Wakeup {
  private static final int[] SLEEPS = {Task.SLEEPING, Task.FREEZABLE, Task.FROZEN};

  private final Kernel k;
  private final boolean queues;
  private final @Nullable Thaw thaw;

  Wakeup(Kernel k) {
    this.k = k;
    thaw = k.design().thaw();
    queues =
        k.assumptions().scheduler().wakeList()
            && k.design().surroundings().hotplug() == null; // ttwu_queue_cond()
  }

  /** K: try_to_wake_up(), on the CPU {@code here}. */
  void tryToWakeUp(Machine m, int here, int number) {
    Task task = k.task(number);
    m.when(task.state, chooseSleep(m, k));
    m.lock(task.piLock);
    int state = m.readOnce(task.state);
    if (thaw != null && state == Task.FROZEN) {
      m.call(() -> thaw.wakeupOfFrozen(m, k, task));
    } else if (Task.isAsleep(state)) {
      if (m.readOnce(task.onRq) != 0) {
        ttwuRunnable(m, here, task);
      } else {
        wakeOffQueue(m, here, task);
      }
    }
    m.unlock(task.piLock);
  }

  /** In which way somebody sleeps who is woken now, or written to. */
  static int chooseSleep(Machine m, Kernel k) {
    boolean freezes = k.design().thaw() != null;
    return freezes ? SLEEPS[m.choose("sleep", 0, SLEEPS.length - 1)] : Task.SLEEPING;
  }

  /** K: ttwu_runnable(): it has not left its run queue yet, so it only need not sleep. */
  private void ttwuRunnable(Machine m, int here, Task task) {
    m.call(
        () -> {
          RunQueue rq = k.taskRqLock().lock(m, task);
          if (m.readOnce(task.onRq) == Task.QUEUED) {
            enqueueIfDelayed(m, rq, task);
            m.writeOnce(task.state, Task.RUNNING);
            m.unlock(rq.lock);
            return;
          }
          m.unlock(rq.lock);
          wakeOffQueue(m, here, task);
        });
  }

  /** K (6.12): ttwu_runnable(), {@code enqueue_task(rq, p, ENQUEUE_NOCLOCK | ENQUEUE_DELAYED)}. */
  private static void enqueueIfDelayed(Machine m, RunQueue rq, Task task) {
    if (rq.delayed == null) {
      return;
    }
    int delayed = m.read(rq.delayed);
    if ((delayed & task.asSet()) != 0) {
      m.write(rq.delayed, delayed & ~task.asSet());
      m.write(rq.queue, m.read(rq.queue) | task.asSet());
      m.writeOnce(rq.needResched, 1); // wakeup_preempt()
    }
  }

  /**
   * K: try_to_wake_up(), from the second look at on_rq on. If the CPU that the task sleeps on is
   * still in {@code schedule()} with it, the wakeup may be left to that CPU.
   */
  void wakeOffQueue(Machine m, int here, Task task) {
    if (queues && m.loadAcquire(task.onCpu) == 1 && m.choose("ttwu_queue_wakelist", 0, 1) == 1) {
      ttwuQueueWakelist(m, k.rq(m.readOnce(task.cpu)), task);
      return;
    }
    m.waitUntil(task.onCpu, 0); // smp_cond_load_acquire(): pairs with finish_task()
    ttwuQueue(m, here, task);
  }

  /** K: select_task_rq(), ttwu_queue(): onto any CPU's run queue, or its wake list. */
  private void ttwuQueue(Machine m, int here, Task task) {
    m.call(
        () -> {
          int cpu = m.choose("select_task_rq", 0, k.cpus() - 1);
          RunQueue rq = k.rq(cpu);
          m.writeOnce(task.cpu, cpu);
          if (queues && cpu != here && m.choose("ttwu_queue_wakelist", 0, 1) == 1) {
            ttwuQueueWakelist(m, rq, task);
            return;
          }
          m.lock(rq.lock);
          if (!rq.isOnline(m)) { // is_cpu_allowed()
            m.unlock(rq.lock);
            m.writeOnce(task.cpu, CpuHotplug.BOOT_CPU); // select_fallback_rq()
            m.call(() -> activateOn(m, k.rq(CpuHotplug.BOOT_CPU), task));
            return;
          }
          ttwuDoActivate(m, rq, task);
          m.unlock(rq.lock);
        });
  }

  private static void activateOn(Machine m, RunQueue rq, Task task) {
    m.lock(rq.lock);
    ttwuDoActivate(m, rq, task);
    m.unlock(rq.lock);
  }

  /**
   * K: ttwu_queue_wakelist(). pi_lock is released long before the task is on a run queue. The
   * kernel writes WAKING a little earlier, but then who could see it must have pi_lock.
   */
  private static void ttwuQueueWakelist(Machine m, RunQueue rq, Task task) {
    m.writeOnce(task.state, Task.WAKING);
    wakeList(rq).add(m, task);
  }

  /** K: ttwu_do_activate(). */
  private static void ttwuDoActivate(Machine m, RunQueue rq, Task task) {
    m.writeOnce(task.onRq, Task.QUEUED); // activate_task()
    m.writeOnce(task.state, Task.RUNNING); // ttwu_do_wakeup()
    m.write(rq.queue, m.read(rq.queue) | task.asSet());
    m.writeOnce(rq.needResched, 1); // check_preempt_curr()
  }

  /** K: sched_ttwu_pending(): the interrupt on the CPU whose wake list it is; without pi_lock. */
  void schedTtwuPending(Machine m, int cpu) {
    RunQueue rq = k.rq(cpu);
    int tasks = wakeList(rq).delAll(m);
    m.lock(rq.lock);
    while (tasks != 0) {
      Task task = k.task(m.chooseOne("next", WordType.TASKS, tasks));
      tasks &= ~task.asSet();
      m.call(() -> ttwuDoActivate(m, rq, task));
    }
    m.unlock(rq.lock);
  }

  private static WakeList wakeList(RunQueue rq) {
    return Objects.requireNonNull(rq.wakeList);
  }
}
