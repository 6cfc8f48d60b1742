package dev.kstack.model.live;

import dev.kstack.model.machine.Program;

/** Looks at the whole memory after an operation. Only where operations are made one at a time. */
final class Invariants {
  private final Program program;
  private final LiveMemory memory;

  /** Has nothing changed since the memory was looked at? */
  private boolean looked;

  Invariants(Program program, LiveMemory memory) {
    this.program = program;
    this.memory = memory;
    memory.observedBy(program.observer(memory));
  }

  /** Before an operation. */
  void begin() {
    memory.clearRaised();
    memory.setModified(false);
  }

  /** The claims that the operation, or the state after it, has raised. */
  long end() {
    memory.endOperation();
    looked &= !memory.modified();
    if (!looked && !memory.panicked()) {
      program.check(memory);
      looked = true;
    }
    return memory.raised();
  }

  /** Nothing is kept of the operation that was looked at. */
  void forget() {
    memory.clearRaised();
    memory.clearPremises();
    memory.setModified(false);
  }

  boolean panicked() {
    return memory.panicked();
  }

  boolean modified() {
    return memory.modified();
  }
}
