package dev.kstack.model.live;

import dev.kstack.model.machine.Process;

/** A process on its thread. */
record FlatProcess(Process process, FlatMachine machine, int activations) implements Runnable {
  @Override
  public void run() {
    int local = 0;
    if (activations < 0) {
      while (true) {
        local = machine.activate(process, local); // no counter: a state may come again
      }
    }
    for (int i = 0; i < activations; i++) {
      local = machine.activate(process, local);
    }
  }
}
