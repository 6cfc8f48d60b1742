package dev.kstack.model.live;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import java.util.List;

/** The memory of a program as variables of Java, in the initial state. */
final class LiveSystem {
  private final Program program;
  private final Cell[] cells;

  /**
   * The initial state.
   *
   * @param accessModes do the variables have the access modes of Java? Otherwise operations must be
   *     made one at a time
   */
  LiveSystem(Program program, boolean accessModes) {
    this.program = program;
    Layout layout = program.layout();
    cells = new Cell[layout.words().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = accessModes ? new OrderedCell() : new PlainCell();
    }
    program.init(memory());
  }

  /** Another view of the same words. */
  LiveMemory memory() {
    return new LiveMemory(program.layout(), cells);
  }

  /** Makes a thread of each process, starts them, and returns when all have ended. */
  void run(Gate gate, LiveMachine[] machines, int activations) throws InterruptedException {
    join(start(gate, machines, activations, 0));
  }

  /** The same, but the first process runs on this thread: one thread less, which only waits. */
  void runTheFirstHere(Gate gate, LiveMachine[] machines, int activations)
      throws InterruptedException {
    Thread[] threads = start(gate, machines, activations, 1);
    new LiveProcess(0, program.processes().get(0), machines[0], gate, activations).run();
    join(threads);
  }

  private static void join(Thread[] threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Makes a thread of each process, and starts them. */
  Thread[] start(Gate gate, LiveMachine[] machines, int activations) {
    return start(gate, machines, activations, 0);
  }

  private Thread[] start(Gate gate, LiveMachine[] machines, int activations, int first) {
    List<Process> processes = program.processes();
    Thread[] threads = new Thread[machines.length - first];
    for (int p = first; p < machines.length; p++) {
      LiveProcess process = new LiveProcess(p, processes.get(p), machines[p], gate, activations);
      threads[p - first] = new Thread(process, processes.get(p).name());
      threads[p - first].setDaemon(true);
    }
    for (Thread thread : threads) {
      thread.start();
    }
    return threads;
  }
}
