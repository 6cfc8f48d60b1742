package dev.kstack.model.live;

import dev.kstack.model.machine.Program;
import org.jspecify.annotations.Nullable;

/**
 * One operation at a time, in whatever order somebody else lets the threads go on, who tries one
 * order after the other and compares no states. Before each step stands one volatile write, for
 * them to switch threads there and nowhere else; who cannot go on waits. What is between belongs to
 * no other thread, as only one goes on at a time: it is in {@link #attempt}, and they need not look
 * into it.
 *
 * <p>A violation is an error of the thread that comes upon it, and so is nothing else: when all
 * processes wait for what will not come, or have made enough operations, the run is over.
 */
final class WaitingGate implements Gate {
  private final Invariants invariants;
  private final Findings findings;
  private final LiveMemory memory;
  private final LiveMachine[] machines;
  private final StepListener listener;

  /** Those that wait for a lock or a word. */
  private final @Nullable Wish[] waiting;

  /** Those that wait, for anything. */
  private final boolean[] asleep;

  private final boolean[] finished;
  private int operationsLeft;
  private boolean over;

  /** Has something changed since others were woken? */
  private boolean changed;

  /** Who begins a step. Nobody reads it: writing it is where threads may be switched. */
  private volatile int last;

  WaitingGate(
      Program program,
      LiveMemory memory,
      Findings findings,
      LiveMachine[] machines,
      StepListener listener,
      int taking,
      int mostOperations) {
    invariants = new Invariants(program, memory);
    this.memory = memory;
    this.findings = findings;
    this.machines = machines;
    this.listener = listener;
    operationsLeft = mostOperations;
    waiting = new Wish[machines.length];
    asleep = new boolean[machines.length];
    finished = new boolean[machines.length];
    for (int p = 0; p < finished.length; p++) {
      finished[p] = (taking >>> p & 1) == 0;
    }
  }

  @Override
  public boolean serial() {
    return true;
  }

  @Override
  public int perform(int process, Wish wish) {
    while (true) {
      if (beginsStep(wish)) {
        last = process;
      }
      int result = attempt(process, wish);
      if (result == Wish.WAITS || result == Wish.IMPOSSIBLE) {
        sleep(process);
      } else {
        wakeOthers();
        return result;
      }
    }
  }

  private static boolean beginsStep(Wish wish) {
    return wish.beginsStep();
  }

  /** Until something has changed. */
  private void sleep(int process) {
    synchronized (this) {
      try {
        while (isAsleep(process)) {
          wait();
        }
      } catch (InterruptedException e) {
        interrupted();
      }
    }
  }

  private void wakeOthers() {
    if (wokenSome()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  private boolean isAsleep(int process) {
    return asleep[process];
  }

  /** Those who sleep need not any more, if something has changed since this was asked last. */
  private boolean wokenSome() {
    boolean some = false;
    for (int p = 0; changed && p < asleep.length; p++) {
      some |= asleep[p];
      asleep[p] = false;
    }
    changed = false;
    return some;
  }

  private void interrupted() {
    Thread.currentThread().interrupt();
    over = true;
    changed = true;
  }

  /** Tries; who cannot go on sleeps next. */
  private int attempt(int process, Wish wish) {
    if (over) {
      throw EndOfRun.INSTANCE;
    }
    asleep[process] = false;
    waiting[process] = null;
    invariants.begin();
    int result = wish.attempt();
    if (result != Wish.WAITS && result != Wish.IMPOSSIBLE) {
      listener.done(process, machines[process].choices());
      look(invariants.end());
      over |= --operationsLeft <= 0;
      changed |= over || invariants.modified();
      return result;
    }
    invariants.forget();
    asleep[process] = true;
    waiting[process] = wish.chosen() || wish.awaits() == null ? null : wish;
    if (Standstill.of(waiting, memory) != 0) {
      findings.deadlock();
      look(0);
    }
    endIfNobodyGoesOn();
    if (over) {
      throw EndOfRun.INSTANCE;
    }
    return result;
  }

  private void endIfNobodyGoesOn() {
    for (int p = 0; p < asleep.length; p++) {
      if (!asleep[p] && !finished[p]) {
        return;
      }
    }
    over = true;
    changed = true;
  }

  /** Of what an operation has raised. */
  private void look(long raised) {
    findings.raised(raised);
    if (findings.enough()) {
      over = true;
      throw new AssertionError(findings.summary());
    }
    if (invariants.panicked()) {
      over = true;
      throw EndOfRun.INSTANCE;
    }
  }

  @Override
  public void rested(int process) {
    if (machines[process].chosen()) {
      listener.done(process, machines[process].choices());
    }
    memory.clearRaised();
    findings.rest(process, memory);
    look(memory.raised());
  }

  @Override
  public void finish(int process, @Nullable Throwable error) {
    leave(process, error);
    wakeOthers();
    if (error instanceof Error e) {
      throw e;
    }
    if (error instanceof RuntimeException e) {
      throw e;
    }
  }

  private void leave(int process, @Nullable Throwable error) {
    finished[process] = true;
    asleep[process] = false;
    waiting[process] = null;
    over |= error != null;
    changed = true;
    endIfNobodyGoesOn();
  }
}
