package dev.kstack.model.live;

import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import java.util.Arrays;
import java.util.List;

/**
 * Every process makes some activations, one process after the other, on one thread and in a state
 * of its own, so that the classes of the model are loaded before threads are explored. To a checker
 * of Java programs, which classes are loaded is part of a state, and every order in which they can
 * be is another one.
 */
final class FlatRehearsal implements Turn {
  private static final int ROUNDS = 40;

  private final Bus bus;
  private int choices;

  private FlatRehearsal(Bus bus) {
    this.bus = bus;
  }

  static void of(Program program) {
    List<Process> processes = program.processes();
    Bus bus = new Bus(program, 0);
    FlatRehearsal turn = new FlatRehearsal(bus);
    int[] locals = new int[processes.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int p = 0; p < processes.size(); p++) {
        try {
          locals[p] = new FlatMachine(p, bus, turn).activate(processes.get(p), locals[p]);
        } catch (Abandoned e) {
          bus.init(); // from the beginning
          Arrays.fill(locals, 0);
        }
      }
    }
  }

  /** It is always its own turn. */
  @Override
  public void handOver() {}

  /** Another one each time. */
  @Override
  public int choose(int count) {
    return choices++ % count;
  }

  @Override
  public void waits() {
    throw Abandoned.INSTANCE;
  }

  @Override
  public void impossible() {
    throw Abandoned.INSTANCE;
  }

  @Override
  public void done(int process, long chosen) {}
}
