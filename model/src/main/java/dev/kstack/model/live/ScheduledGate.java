package dev.kstack.model.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation at a time, in an order that is given: a {@link Schedule} decides when every thread
 * has come to its next operation. The same schedule gives the same run, on real threads. After each
 * operation, the invariants are looked at.
 */
final class ScheduledGate implements Gate {
  private static final int NOBODY = -1;
  private static final int MOST_IN_VAIN = 10_000;

  private final Invariants invariants;
  private final LiveMemory memory;
  private final Findings findings;
  private final Schedule schedule;
  private final LiveMachine[] machines;
  private final List<LiveStep> steps = new ArrayList<>();
  private final boolean[] finished;

  /** What each process wants, once it has come here; null while it is on its way. */
  private final @Nullable Wish[] wishes;

  /** Those whose wish was not possible, and nothing has changed since. */
  private final boolean[] stuck;

  /** How often in a row somebody has chosen what is not possible. */
  private int inVain;

  private int turn = NOBODY;
  private boolean over;

  ScheduledGate(
      Invariants invariants,
      LiveMemory memory,
      Findings findings,
      Schedule schedule,
      LiveMachine[] machines) {
    this.invariants = invariants;
    this.memory = memory;
    this.findings = findings;
    this.schedule = schedule;
    this.machines = machines;
    finished = new boolean[machines.length];
    wishes = new Wish[machines.length];
    stuck = new boolean[machines.length];
  }

  /** The run, as far as it has come. */
  synchronized List<LiveStep> steps() {
    return Collections.unmodifiableList(new ArrayList<>(steps));
  }

  @Override
  public boolean serial() {
    return true;
  }

  @Override
  public synchronized int perform(int process, Wish wish) {
    wishes[process] = wish;
    stuck[process] = false;
    giveTurn();
    while (true) {
      awaitTurn(process);
      invariants.begin();
      int result = wish.attempt();
      if (result != Wish.WAITS && result != Wish.IMPOSSIBLE) {
        inVain = 0;
        steps.add(new LiveStep(process, machines[process].choices()));
        look(invariants.end());
        wishes[process] = null; // the turn is its own until it comes again
        return result;
      }
      if (schedule.isExact()) {
        throw new Diverged(
            "%s cannot go on in step %d of the schedule"
                .formatted(findings.name(process), steps.size() + 1));
      }
      if (result == Wish.IMPOSSIBLE && wish.chosen()) {
        if (++inVain > MOST_IN_VAIN) {
          findings
              .deadlock(); // whatever anybody chooses is not possible; whoever takes it again sees
          over = true;
          turn = NOBODY;
          giveTurn();
          continue;
        }
        wishes[process] = null;
        throw Abandoned.INSTANCE;
      }
      stuck[process] = true;
      if (Standstill.of(stuckWishes(), memory) != 0) {
        findings.deadlock();
        over = true;
      }
      turn = NOBODY;
      giveTurn();
    }
  }

  private @Nullable Wish[] stuckWishes() {
    @Nullable Wish[] waiting = new Wish[wishes.length];
    for (int p = 0; p < waiting.length; p++) {
      waiting[p] = stuck[p] ? wishes[p] : null;
    }
    return waiting;
  }

  private void awaitTurn(int process) {
    while (turn != process && !over) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        over = true;
      }
    }
    if (over) {
      notifyAll();
      throw EndOfRun.INSTANCE;
    }
  }

  /** When all have come, somebody is next. */
  private void giveTurn() {
    if (over) {
      notifyAll();
      return;
    }
    List<Integer> ready = new ArrayList<>();
    for (int p = 0; p < wishes.length; p++) {
      if (finished[p]) {
        continue;
      }
      if (wishes[p] == null) {
        return;
      }
      if (!stuck[p]) {
        ready.add(p);
      }
    }
    try {
      turn = ready.isEmpty() ? NOBODY : schedule.next(steps.size(), ready);
    } catch (Diverged e) {
      findings.failed(e);
      turn = NOBODY;
    }
    if (turn == NOBODY) {
      over = true;
    }
    notifyAll();
  }

  private void look(long raised) {
    findings.raised(raised);
    if (invariants.panicked() || findings.enough()) {
      over = true;
    } else if (invariants.modified()) {
      for (int p = 0; p < stuck.length; p++) {
        stuck[p] = false;
      }
    }
  }

  @Override
  public synchronized void rested(int process) {
    if (!over) {
      noteChoicesAlone(process);
      memory.clearRaised();
      findings.rest(process, memory);
      findings.raised(memory.raised());
      over = findings.enough();
    }
  }

  /** An activation may end with a choice. */
  private void noteChoicesAlone(int process) {
    if (machines[process].chosen()) {
      steps.add(new LiveStep(process, machines[process].choices()));
    }
  }

  @Override
  public synchronized void finish(int process, @Nullable Throwable error) {
    finished[process] = true;
    wishes[process] = null;
    if (error != null) {
      findings.failed(error);
      over = true;
    }
    giveTurn();
    notifyAll();
  }
}
