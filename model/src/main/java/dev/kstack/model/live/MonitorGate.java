package dev.kstack.model.live;

import org.jspecify.annotations.Nullable;

/**
 * One operation at a time, in the order in which threads come: whoever schedules the threads, such
 * as a checker of Java programs, decides. Who cannot go on waits for a change of the memory. After
 * each operation, the invariants are looked at.
 */
final class MonitorGate implements Gate {
  private static final int RUNS = 0;
  private static final int BLOCKED = 1;
  private static final int FINISHED = 2;

  private final Invariants invariants;
  private final LiveMemory memory;
  private final Findings findings;
  private final boolean mayChooseAgain;
  private final LiveMachine[] machines;
  private final StepListener listener;
  private final int[] status;
  private final @Nullable Wish[] waiting;
  private boolean over;

  /**
   * A gate.
   *
   * @param mayChooseAgain does a process that finds its choice impossible choose again? Otherwise
   *     it waits until it is possible
   */
  MonitorGate(
      Invariants invariants,
      LiveMemory memory,
      Findings findings,
      LiveMachine[] machines,
      boolean mayChooseAgain,
      StepListener listener) {
    this.invariants = invariants;
    this.memory = memory;
    this.findings = findings;
    this.mayChooseAgain = mayChooseAgain;
    this.machines = machines;
    this.listener = listener;
    status = new int[machines.length];
    waiting = new Wish[machines.length];
  }

  @Override
  public boolean serial() {
    return true;
  }

  @Override
  public synchronized int perform(int process, Wish wish) {
    while (true) {
      if (over) {
        throw EndOfRun.INSTANCE;
      }
      invariants.begin();
      int result = wish.attempt();
      if (result != Wish.WAITS && result != Wish.IMPOSSIBLE) {
        listener.done(process, machines[process].choices());
        look(invariants.end());
        return result;
      }
      if (result == Wish.IMPOSSIBLE && wish.chosen() && mayChooseAgain) {
        throw Abandoned.INSTANCE;
      }
      status[process] = BLOCKED;
      waiting[process] = result == Wish.WAITS ? wish : null;
      if (Standstill.of(waiting, memory) != 0) {
        findings.deadlock();
        end();
      }
      endIfAllWait();
      while (status[process] == BLOCKED && !over) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          end();
        }
      }
      waiting[process] = null;
    }
  }

  /** Of what an operation has raised; and who waits may look again. */
  private void look(long raised) {
    findings.raised(raised);
    if (invariants.panicked() || findings.enough()) {
      end();
    } else if (invariants.modified()) {
      for (int p = 0; p < status.length; p++) {
        if (status[p] == BLOCKED) {
          status[p] = RUNS;
          waiting[p] = null;
        }
      }
      notifyAll();
    }
  }

  @Override
  public synchronized void rested(int process) {
    if (!over) {
      if (machines[process].chosen()) {
        listener.done(process, machines[process].choices());
      }
      memory.clearRaised();
      findings.rest(process, memory);
      findings.raised(memory.raised());
      if (findings.enough()) {
        end();
      }
    }
  }

  @Override
  public synchronized void finish(int process, @Nullable Throwable error) {
    status[process] = FINISHED;
    if (error != null) {
      findings.failed(error);
      end();
    }
    endIfAllWait();
  }

  private void end() {
    over = true;
    notifyAll();
  }

  /** The run was cut off: those who would have answered have done all that they were to do. */
  private void endIfAllWait() {
    for (int s : status) {
      if (s == RUNS) {
        return;
      }
    }
    end();
  }
}
