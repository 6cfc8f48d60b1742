package dev.kstack.model.live;

import dev.kstack.model.machine.Process;

/** A process on its thread. */
final class LiveProcess implements Runnable {
  /** Activations without end. */
  static final int ENDLESS = -1;

  private final int number;
  private final Process process;
  private final LiveMachine machine;
  private final Gate gate;
  private final int activations;

  LiveProcess(int number, Process process, LiveMachine machine, Gate gate, int activations) {
    this.number = number;
    this.process = process;
    this.machine = machine;
    this.gate = gate;
    this.activations = activations;
  }

  @Override
  public void run() {
    Throwable error = null;
    try {
      runActivations();
    } catch (EndOfRun e) {
      // as it should
    } catch (RuntimeException | Error e) {
      error = e;
    }
    gate.finish(number, error);
  }

  private void runActivations() {
    if (activations == ENDLESS) {
      while (true) {
        machine.activate(process); // no counter: a state may come again
      }
    }
    for (int i = 0; i < activations; i++) {
      machine.activate(process);
    }
  }
}
