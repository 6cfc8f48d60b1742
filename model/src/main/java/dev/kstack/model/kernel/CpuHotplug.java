package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.Objects;

/**
 * K: kernel/cpu.c, cpu_down(): any CPU but the first goes offline, once it idles, and does not come
 * back.
 *
 * @param pushesParked are threads that wait for frames pushed off like those on the queue? (H26)
 * @param drainsList is the CPU's list of frames to be freed handed on? (H28)
 */
public record CpuHotplug(boolean pushesParked, boolean drainsList) implements Decision {
  static final int BOOT_CPU = 0;

  @Override
  public String title() {
    return "who is queued"
        + (pushesParked ? " or parked" : "")
        + " on a CPU that goes offline is pushed off"
        + (drainsList ? ", and its list of frames handed on" : "");
  }

  /** Can this one go offline? */
  static boolean canDie(int cpu) {
    return cpu != BOOT_CPU;
  }

  /**
   * On the CPU itself, which idles: pushes one thread off, or goes offline if nobody is left. K:
   * kernel/sched/core.c, sched_cpu_dying().
   */
  void cpuDown(Machine m, Kernel k, int cpu) {
    RunQueue rq = k.rq(cpu);
    int left = m.call(WordType.TASKS, () -> tryToDie(m, k, rq));
    if (left != 0) {
      Task task = k.task(m.chooseOne("pushed", WordType.TASKS, left));
      m.call(() -> balancePush(m, k, cpu, task));
    }
  }

  /** Returns who must be pushed off before. */
  private int tryToDie(Machine m, Kernel k, RunQueue rq) {
    m.lock(rq.lock);
    int left = m.read(rq.queue) | (pushesParked ? m.read(rq.parked) : 0);
    int delayed = rq.delayed == null ? 0 : m.read(rq.delayed);
    if ((left | delayed) == 0) {
      if (drainsList) {
        m.call(() -> pageAllocCpuDead(m, k, rq));
      }
      m.writeOnce(Objects.requireNonNull(rq.online), 0);
    }
    m.unlock(rq.lock);
    return left;
  }

  /** K: kernel/sched/core.c, balance_push(), __balance_push_cpu_stop(). */
  private void balancePush(Machine m, Kernel k, int cpu, Task task) {
    m.lock(task.piLock);
    if (m.readOnce(task.onRq) != 0 && m.readOnce(task.cpu) == cpu) {
      m.call(() -> migrate(m, k.rq(cpu), k.rq(BOOT_CPU), task));
    }
    m.unlock(task.piLock);
  }

  /** To select_fallback_rq(). Who is parked stays so until the other CPU has tried. */
  private void migrate(Machine m, RunQueue from, RunQueue to, Task task) {
    m.lock(to.lock); // double_rq_lock()
    m.lock(from.lock);
    int queue = m.read(from.queue);
    int parked = m.read(from.parked);
    if ((queue & task.asSet()) != 0) {
      m.write(to.queue, m.read(to.queue) | task.asSet());
      m.write(from.queue, queue & ~task.asSet());
      arrived(m, to, task);
    } else if (pushesParked && (parked & task.asSet()) != 0) {
      m.write(to.parked, m.read(to.parked) | task.asSet());
      m.write(from.parked, parked & ~task.asSet());
      arrived(m, to, task);
    }
    m.unlock(from.lock);
    m.unlock(to.lock);
  }

  private static void arrived(Machine m, RunQueue to, Task task) {
    m.writeOnce(task.cpu, BOOT_CPU);
    m.writeOnce(to.needResched, 1); // check_preempt_curr()
  }

  /** K: mm/page_alloc.c, page_alloc_cpu_dead(): what the CPU had for itself alone is for others. */
  private static void pageAllocCpuDead(Machine m, Kernel k, RunQueue rq) {
    int frames = FreeList.delAll(m, rq);
    if (frames != 0) {
      FreeList.add(m, k.rq(BOOT_CPU), frames);
    }
  }
}
