package dev.kstack.model.hardware;

import dev.kstack.model.machine.Memory;

/** Where a process may neither sleep nor wait for another CPU. */
@FunctionalInterface
public interface AtomicContext {
  /** A process does what is forbidden there: it sleeps, waits for an IPI or wakes kswapd. */
  void noteWaiting(Memory memory, int process);
}
