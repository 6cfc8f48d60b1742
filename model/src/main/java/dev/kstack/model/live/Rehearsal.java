package dev.kstack.model.live;

import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every process makes some activations, one process after the other, on one thread and on a memory
 * of its own, so that the classes of the model are loaded before threads are explored. To a checker
 * of Java programs, which classes are loaded is part of a state, and every order in which they can
 * be is another one.
 */
final class Rehearsal implements Gate {
  private static final int ROUNDS = 12;
  private static final int MOST_ATTEMPTS = 50;

  private final Invariants invariants;
  private final LiveMachine[] machines;
  private final @Nullable Wish[] waiting;
  private final LiveMemory memory;
  private final StepListener listener;
  private int attempts;
  private int choices;

  private Rehearsal(
      LiveMemory memory, Invariants invariants, int processes, StepListener listener) {
    this.memory = memory;
    this.invariants = invariants;
    this.listener = listener;
    machines = new LiveMachine[processes];
    waiting = new Wish[processes];
  }

  static void of(Program program, StepListener listener) {
    List<Process> processes = program.processes();
    LiveMemory memory = new LiveSystem(program, false).memory();
    Rehearsal gate =
        new Rehearsal(memory, new Invariants(program, memory), processes.size(), listener);
    for (int p = 0; p < processes.size(); p++) {
      gate.machines[p] =
          new LiveMachine(p, memory, (what, values) -> gate.another(values), gate, memory);
    }
    boolean[] ended = new boolean[processes.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int p = 0; p < processes.size(); p++) {
        try {
          if (!ended[p]) {
            gate.attempts = 0;
            gate.machines[p].activate(processes.get(p));
          }
        } catch (EndOfRun e) {
          ended[p] = true;
        }
      }
    }
  }

  /** Another one each time. */
  private int another(int[] values) {
    return values[choices++ % values.length];
  }

  @Override
  public boolean serial() {
    return true;
  }

  @Override
  public int perform(int process, Wish wish) {
    invariants.begin();
    int result = wish.attempt();
    if (result != Wish.WAITS && result != Wish.IMPOSSIBLE) {
      listener.done(process, machines[process].choices());
      invariants.end();
      invariants.forget();
      return result;
    }
    waiting[process] = wish.awaits() == null || !wish.waits() ? null : wish;
    Standstill.of(waiting, memory);
    Arrays.fill(waiting, null);
    if (wish.chosen() && ++attempts < MOST_ATTEMPTS) {
      throw Abandoned.INSTANCE;
    }
    throw EndOfRun.INSTANCE;
  }

  @Override
  public void rested(int process) {}

  @Override
  public void finish(int process, @Nullable Throwable error) {}
}
