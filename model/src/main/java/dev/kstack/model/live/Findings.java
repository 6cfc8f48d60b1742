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
  private final Program program;
  private final long until;
  private final long deadlockClaim;
  private long raised;
  private @Nullable Throwable error;

  /**
   * Nothing yet.
   *
   * @param until the claims that end the run when they are raised
   */
  Findings(Program program, long until) {
    this.program = program;
    this.until = until;
    Property deadlock = program.deadlock();
    deadlockClaim = deadlock == null ? 0 : program.layout().claim(deadlock);
  }

  void raised(long claims) {
    raised |= claims;
  }

  void deadlock() {
    raised(deadlockClaim);
  }

  void failed(Throwable e) {
    if (error == null) {
      error = e;
    }
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
