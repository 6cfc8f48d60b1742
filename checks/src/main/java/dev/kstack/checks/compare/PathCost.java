package dev.kstack.checks.compare;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a design adds to paths that every thread takes: operations of the machine, counted in each
 * activation that is possible from any state that whole activations lead to. Nobody else is in the
 * middle of anything meanwhile, so nothing is spent on waiting for locks.
 */
final class PathCost {
  private final Kernel kernel;
  private final List<Process> processes;
  private final Memory memory;
  private final int words;
  private final Set<Key> seen = new HashSet<>();
  private final Deque<long[]> open = new ArrayDeque<>();
  private OperationCount switches = OperationCount.NEVER;
  private OperationCount entries = OperationCount.NEVER;
  private OperationCount exits = OperationCount.NEVER;

  /** A state at rest: the words, and what each process remembers. */
  private record Key(long[] state) {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key key && Arrays.equals(state, key.state);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(state);
    }
  }

  PathCost(Kernel kernel) {
    this.kernel = kernel;
    processes = kernel.processes();
    memory = new Memory(kernel.layout());
    words = kernel.layout().longs();
    long[] first = new long[words + processes.size()];
    memory.bind(first);
    kernel.init(memory);
    add(first);
    while (!open.isEmpty()) {
      expand(open.remove());
    }
  }

  /**
   * {@code schedule()} where it goes from a thread to another one: from the decision to call it to
   * the end of {@code finish_task_switch()}.
   */
  OperationCount switches() {
    return switches;
  }

  /** The way from user mode into the kernel, where the design does something there. */
  OperationCount entries() {
    return entries;
  }

  /** The way back. */
  OperationCount exits() {
    return exits;
  }

  private void add(long[] state) {
    memory.bind(state);
    kernel.forget(memory, (1 << processes.size()) - 1);
    if (seen.add(new Key(state))) {
      open.add(state);
    }
  }

  private void expand(long[] state) {
    for (int p = 0; p < processes.size(); p++) {
      IntArrayList script = new IntArrayList();
      while (script != null) {
        script = activate(state, p, script);
      }
    }
  }

  /** One activation of the process; returns the script of the next that is possible. */
  private @Nullable IntArrayList activate(long[] state, int p, IntArrayList script) {
    long[] next = state.clone();
    memory.bind(next);
    memory.clearRaised();
    LoneMachine machine = new LoneMachine(memory, p, script, () -> answer(p));
    try {
      next[words + p] = processes.get(p).run(machine, (int) state[words + p]);
      processes.get(p).rested(memory);
      if (p < kernel.cpus()) {
        count(state, next, p, machine);
      }
      add(next);
    } catch (LoneMachine.Blocked e) {
      // it does not happen from here
    }
    return machine.nextScript();
  }

  /** Every other CPU takes the interrupt that is pending: the first thing that it can do. */
  private void answer(int waiter) {
    for (int cpu = 0; cpu < kernel.cpus(); cpu++) {
      if (cpu != waiter) {
        try {
          processes.get(cpu).run(new LoneMachine(memory, cpu, new IntArrayList(), () -> {}), 0);
        } catch (LoneMachine.Blocked e) {
          // there is none for it
        }
      }
    }
  }

  private void count(long[] before, long[] after, int cpu, LoneMachine machine) {
    memory.bind(before);
    int from = curr(cpu);
    boolean inUser = from != 0 && inUserMode(from);
    memory.bind(after);
    int to = curr(cpu);
    boolean inUserNow = from != 0 && inUserMode(from);
    if (from != 0 && to != 0 && from != to) {
      switches = switches.and(machine.operations(), machine.locked());
    } else if (from != 0 && from == to && inUser && !inUserNow) {
      entries = entries.and(machine.operations(), machine.locked());
    } else if (from != 0 && from == to && !inUser && inUserNow) {
      exits = exits.and(machine.operations(), machine.locked());
    }
  }

  private int curr(int cpu) {
    String actingFor = processes.get(cpu).actingFor(memory);
    for (int task = 1; task <= kernel.sizes().threads(); task++) {
      if (actingFor.equals(kernel.task(task).toString())) {
        return task;
      }
    }
    return 0;
  }

  private boolean inUserMode(int task) {
    return kernel.mmu().use().userMode() && kernel.mmu().savedSp(memory, task) == kernel.pages();
  }
}
