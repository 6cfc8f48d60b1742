package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.WordType;

/**
 * K: mm/oom_kill.c, out_of_memory(), in whoever wants memory; its own stack is never taken from.
 * One victim at a time, and any: which is best is a heuristic.
 */
final class OomKiller implements Process {
  private final Kernel k;

  OomKiller(Kernel k) {
    this.k = k;
  }

  @Override
  public String name() {
    return "M";
  }

  @Override
  public int run(Machine m, int local) {
    Task task = k.task(m.chooseOne("victim", WordType.TASKS, k.allTasksBut(0)));
    if (isAlive(m, task) && k.pool().isShort(m)) {
      kill(m, k, task);
    }
    return 0;
  }

  static void outOfMemory(Machine m, Kernel k) {
    Task task = k.task(m.chooseOne("victim", WordType.TASKS, k.allTasksBut(0)));
    if (isAlive(m, task)) {
      kill(m, k, task);
    }
  }

  private static boolean isAlive(Machine m, Task task) {
    m.lock(task.piLock);
    boolean dead = m.readOnce(task.state) == Task.DEAD;
    m.unlock(task.piLock);
    return !dead;
  }

  private static void kill(Machine m, Kernel k, Task task) {
    if (!m.cmpxchg(k.oomVictim(), 0, task.number)) { // mark_oom_victim(), under oom_lock
      return;
    }
    Thaw thaw = k.design().thaw();
    if (thaw != null) {
      m.lock(task.piLock);
      thaw.killed(m, k, task);
      m.unlock(task.piLock);
    }
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      m.writeOnce(k.rq(cpu).needResched, 1); // do_send_sig_info(SIGKILL), kick_process()
    }
  }
}
