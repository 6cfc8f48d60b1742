package dev.kstack.model.live;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import java.util.List;

/** The memory of a program as variables of Java, in the initial state. */
final class LiveSystem {
  private final Program program;
  private final Cell[] cells;

  /** The initial state. */
  LiveSystem(Program program) {
    this.program = program;
    Layout layout = program.layout();
    cells = new Cell[layout.words().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new OrderedCell();
    }
    program.init(memory());
  }

  /** Another view of the same words. */
  LiveMemory memory() {
    return new LiveMemory(program.layout(), cells);
  }

  /** Makes a thread of each process, starts them, and returns when all have ended. */
  void run(Gate gate, LiveMachine[] machines, int activations) throws InterruptedException {
    for (Thread thread : start(gate, machines, activations)) {
      thread.join();
    }
  }

  /** Makes a thread of each process, and starts them. */
  Thread[] start(Gate gate, LiveMachine[] machines, int activations) {
    List<Process> processes = program.processes();
    Thread[] threads = new Thread[machines.length];
    for (int p = 0; p < machines.length; p++) {
      LiveProcess process = new LiveProcess(p, processes.get(p), machines[p], gate, activations);
      threads[p] = new Thread(process, processes.get(p).name());
      threads[p].setDaemon(true);
    }
    for (Thread thread : threads) {
      thread.start();
    }
    return threads;
  }
}
