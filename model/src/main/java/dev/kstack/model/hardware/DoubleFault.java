package dev.kstack.model.hardware;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.WordType;

/** K: arch/x86/kernel/traps.c, handle_stack_overflow(): the kernel panics. */
final class DoubleFault implements Instruction {
  private final long noStackFault;

  DoubleFault(long noStackFault) {
    this.noStackFault = noStackFault;
  }

  @Override
  public WordType result() {
    return WordType.NONE;
  }

  @Override
  public int execute(Memory memory, int cpu, int variant, int task, int page, int c) {
    memory.panic(noStackFault);
    return 0;
  }

  @Override
  public String show(int variant, int task, int page, int c) {
    return "the fault on %s.page[%d] cannot be served: panic"
        .formatted(Layout.taskName(task), page);
  }
}
