package dev.kstack.model.live;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was noticed in a run. Has no lock of its own: gates that let in one at a time need none, and
 * whoever explores them should not see one.
 */
final class Findings {
  /** What the message of an error begins with when a property is violated. */
  static final String VIOLATED = "kstack-violated ";

  private final Program program;
  private final long until;
  private final long deadlockClaim;
  private final long noted;
  private long raised;
  private @Nullable Throwable error;

  /**
   * Nothing yet.
   *
   * @param until the claims that end the run when they are raised
   */
  Findings(Program program, long until) {
    this(program, until, ~0L);
  }

  /** As before, but nothing is noted of other claims. */
  Findings(Program program, long until, long noted) {
    this.program = program;
    this.until = until;
    this.noted = noted;
    Property deadlock = program.deadlock();
    deadlockClaim = deadlock == null ? 0 : program.layout().claim(deadlock);
  }

  void raised(long claims) {
    raised |= claims & noted;
  }

  void deadlock() {
    raised(deadlockClaim);
  }

  void failed(Throwable e) {
    if (error == null) {
      error = e;
    }
  }

  /** What ends the run, for people. */
  String summary() {
    for (int claim = 0; claim < program.layout().claims().size(); claim++) {
      if ((raised & until & 1L << claim) != 0) {
        return VIOLATED + program.layout().claims().get(claim).name();
      }
    }
    return String.valueOf(error);
  }

  /** Is there what ends the run? */
  boolean enough() {
    return (raised & until) != 0 || error != null;
  }

  long all() {
    return raised;
  }

  @Nullable Throwable error() {
    return error;
  }

  String name(int process) {
    List<Process> processes = program.processes();
    return processes.get(process).name();
  }

  /** What must be true of a process at rest. */
  void rest(int process, Memory memory) {
    List<Process> processes = program.processes();
    processes.get(process).rested(memory);
  }
}
