package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackInvariants;
import dev.kstack.spec.StackProperties;

/**
 * "You can't run it until you or some other CPU goes and does some reclaim": which threads run, and
 * which may have to wait for that.
 */
record Schedulability(Kernel k) implements TaskProgress {
  @Override
  public Property schedulable() {
    return StackProperties.SCHEDULABLE;
  }

  @Override
  public Property runsEventually() {
    return StackProperties.RUNS_EVENTUALLY;
  }

  @Override
  public int live(Memory memory) {
    int live = 0;
    for (int number = 1; number <= k.sizes().threads(); number++) {
      Task task = k.task(number);
      live |= memory.get(task.state) == Task.DEAD || task.hasExited(memory) ? 0 : task.asSet();
    }
    return live & ~doomed(memory);
  }

  /** As others keep too many frames for ever. */
  @Override
  public int doomed(Memory memory) {
    return k.design().latches() ? StackInvariants.doomed(k.view(memory)) : 0;
  }

  /**
   * Those on a run queue, queued or parked, or on their way to one. Who sleeps wants nothing,
   * though it may be queued still.
   */
  @Override
  public int wanting(Memory memory) {
    int runnable = 0;
    for (int number = 1; number <= k.sizes().threads(); number++) {
      Task task = k.task(number);
      boolean wants = memory.get(task.onRq) != 0 || memory.get(task.state) == Task.WAKING;
      wants |= task.waitsForFiller(memory);
      runnable |= wants ? task.asSet() : 0;
    }
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      runnable &= ~k.rq(cpu).delayed(memory);
    }
    return runnable;
  }

  @Override
  public int running(Memory memory) {
    int running = 0;
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      int curr = memory.get(k.rq(cpu).curr);
      running |= curr == 0 ? 0 : k.task(curr).asSet();
    }
    return running;
  }

  @Override
  public int busy(Memory memory) {
    int busy = 0;
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      busy |= memory.get(k.rq(cpu).curr) == 0 ? 0 : 1 << cpu; // CPUs are the processes from 0
    }
    return busy;
  }

  @Override
  public ImmutableList<String> whyNotRunning(Memory memory, int task) {
    return new FramesWanted(k, memory, k.task(task)).lines();
  }

  @Override
  public ImmutableList<String> neverAgain(Memory memory) {
    return Circle.inWords(k, memory);
  }
}
