package dev.kstack.model.live;

import dev.kstack.model.machine.Program;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One step at a time: choices, an operation, and those after it that others do not notice. A baton
 * is handed over before each step, and nowhere else. Whoever cannot go on hands it over again. For
 * a checker of Java programs: the yield is the only place where it need switch threads, and nothing
 * is remembered of the past, so that two ways to one state are one state to it too.
 *
 * <p>A violation is an error of the thread that notices it, there and then: the run that a checker
 * has made ends with it.
 */
final class BatonGate implements Gate {
  private static final int FREE = 0;
  private static final int TAKEN = 1;

  private final Program program;
  private final Invariants invariants;
  private final Findings findings;
  private final LiveMemory memory;
  private final LiveMachine[] machines;
  private final StepListener listener;

  /** Null where nobody looks for data races. */
  private final @Nullable Announcements announcements;

  private final AtomicInteger baton = new AtomicInteger(FREE);

  /** What each process will do next; null where it will choose first. */
  private final @Nullable Wish[] next;

  /** Only those that wait now. */
  private final @Nullable Wish[] waiting;

  /** Who has the baton. Each looks only at its own. */
  private final boolean[] holds;

  /** The processes between two activations, a bit each. */
  private int atRest;

  private boolean over;

  BatonGate(
      Program program,
      Invariants invariants,
      LiveMemory memory,
      Findings findings,
      LiveMachine[] machines,
      StepListener listener,
      @Nullable Announcements announcements) {
    this.program = program;
    this.invariants = invariants;
    this.memory = memory;
    this.findings = findings;
    this.machines = machines;
    this.listener = listener;
    this.announcements = announcements;
    next = new Wish[machines.length];
    waiting = new Wish[machines.length];
    holds = new boolean[machines.length];
    atRest = (1 << machines.length) - 1;
  }

  @Override
  public boolean serial() {
    return true;
  }

  @Override
  public void beforeChoice(int process) {
    next[process] = null;
    handOver(process, null);
  }

  @Override
  public boolean announces(Wish wish) {
    return announcements != null && announcements.include(wish);
  }

  /** What it will do when it has the baton again is null where it will choose first. */
  private void handOver(int process, @Nullable Wish wish) {
    putDown(process);
    do {
      Thread.yield();
      announce(process, wish);
    } while (!baton.compareAndSet(FREE, TAKEN));
    holds[process] = true;
    if (over) {
      throw EndOfRun.INSTANCE;
    }
  }

  private void announce(int process, @Nullable Wish wish) {
    if (announcements != null && wish != null && announcements.include(wish)) {
      listener.announced(process, wish.plain(), machines[process].choices());
      announcements.announce(wish);
    }
  }

  /** Before its first step, it does not have it. */
  private void putDown(int process) {
    if (holds[process]) {
      holds[process] = false;
      baton.set(FREE);
    }
  }

  @Override
  public int perform(int process, Wish wish) {
    boolean chosen = wish.chosen();
    if (!chosen) {
      next[process] = wish;
    }
    if (announces(wish) || !chosen && (!holds[process] || wish.beginsStep())) {
      handOver(process, wish);
    }
    if (announcements != null) {
      announcements.require(wish);
    }
    while (true) {
      invariants.begin();
      int result = wish.attempt();
      if (result != Wish.WAITS && result != Wish.IMPOSSIBLE) {
        listener.done(process, machines[process].choices());
        look(invariants.end());
        atRest &= ~(1 << process);
        forgetDeadValues();
        return result;
      }
      invariants.forget();
      if (chosen) {
        throw Abandoned.INSTANCE; // and it is handed over before the next choice
      }
      if (deadlocked()) {
        findings.deadlock();
        look(0);
      }
      handOver(process, wish);
    }
  }

  /** Do some wait for each other? */
  private boolean deadlocked() {
    for (int p = 0; p < next.length; p++) {
      Wish wish = next[p];
      waiting[p] = wish != null && wish.awaits() != null && wish.waits() ? wish : null;
    }
    boolean dead = Standstill.of(waiting, memory) != 0;
    Arrays.fill(waiting, null);
    return dead;
  }

  /** Of what an operation has raised; then it is forgotten. */
  private void look(long raised) {
    findings.raised(raised);
    boolean panicked = invariants.panicked();
    invariants.forget();
    if (findings.enough()) {
      over = true;
      throw new AssertionError(findings.summary());
    }
    if (panicked) {
      over = true; // no run goes on from here, and somebody else reports it
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
    atRest |= 1 << process;
    forgetDeadValues();
  }

  /** States that differ only in what nobody will read are one, as they are to the explorer. */
  private void forgetDeadValues() {
    program.forget(memory, atRest);
    invariants.forget();
  }

  @Override
  public void finish(int process, @Nullable Throwable error) {
    next[process] = null;
    putDown(process);
    if (error instanceof Error e) {
      throw e;
    }
    if (error instanceof RuntimeException e) {
      throw e;
    }
  }
}
