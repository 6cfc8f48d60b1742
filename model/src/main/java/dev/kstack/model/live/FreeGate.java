package dev.kstack.model.live;

import org.jspecify.annotations.Nullable;

/**
 * Lets everybody through: operations of different processes happen at the same time. What the
 * hardware and the watchers of words notice in an operation is noticed; nobody looks at the memory
 * as a whole.
 */
final class FreeGate implements Gate {
  private static final int SPINS = 100;

  private final LiveMachine[] machines;
  private final Findings findings;
  private final Pauses pauses;
  private final @Nullable Wish[] waiting;
  private final long[] operations;
  private final @Nullable Recorder recorder;
  private volatile boolean over;
  private volatile boolean paused;
  private int parked;
  private int running;

  FreeGate(LiveMachine[] machines, Findings findings, Pauses pauses, @Nullable Recorder recorder) {
    this.recorder = recorder;
    running = machines.length;
    this.machines = machines;
    this.findings = findings;
    this.pauses = pauses;
    waiting = new Wish[machines.length];
    operations = new long[machines.length];
  }

  @Override
  public boolean serial() {
    return false;
  }

  @Override
  public int perform(int process, Wish wish) {
    pauses.before(process);
    LiveMemory memory = machines[process].memory();
    for (int spins = 0; ; spins++) {
      if (over) {
        throw EndOfRun.INSTANCE;
      }
      if (paused) {
        park();
        continue;
      }
      int result = wish.attempt();
      if (result != Wish.WAITS && result != Wish.IMPOSSIBLE) {
        waiting[process] = null;
        operations[process]++;
        if (recorder != null) {
          recorder.done(process, machines[process].choices());
        }
        note(memory);
        return result;
      }
      if (result == Wish.IMPOSSIBLE && wish.chosen()) {
        Thread.onSpinWait();
        throw Abandoned.INSTANCE;
      }
      waiting[process] = wish;
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void note(LiveMemory memory) {
    if (memory.raised() != 0) {
      synchronized (findings) {
        findings.raised(memory.raised());
        over |= memory.panicked() || findings.enough();
      }
      memory.clearRaised();
    }
  }

  @Override
  public void rested(int process) {
    LiveMemory memory = machines[process].memory();
    if (recorder != null && machines[process].chosen()) {
      recorder.done(process, machines[process].choices());
    }
    findings.rest(process, memory);
    note(memory);
  }

  @Override
  public synchronized void finish(int process, @Nullable Throwable error) {
    running--;
    if (error != null) {
      synchronized (findings) {
        findings.failed(error);
      }
      over = true;
    }
    notifyAll();
  }

  /** Between two operations. */
  private synchronized void park() {
    parked++;
    notifyAll();
    try {
      while (paused && !over) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      over = true;
    }
    parked--;
  }

  /** Stops every process between two operations, looks at the memory, and lets them go on. */
  synchronized void stopTheWorld(Runnable look) throws InterruptedException {
    paused = true;
    while (parked < running && !over) {
      wait();
    }
    if (!over) {
      look.run();
    }
    paused = false;
    notifyAll();
  }

  synchronized void end() {
    over = true;
    notifyAll();
  }

  boolean over() {
    return over;
  }

  /** How many operations were made; roughly, while they are. */
  long operations() {
    long sum = 0;
    for (long n : operations) {
      sum += n;
    }
    return sum;
  }

  /** What each waits for, once nobody has got anywhere for a while. */
  @Nullable Wish[] waiting() {
    return waiting;
  }
}
