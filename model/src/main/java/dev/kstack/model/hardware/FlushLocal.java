package dev.kstack.model.hardware;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.WordType;

/** {@code invlpg} of every page of one stack, on the executing CPU. Intel SDM 3A 4.10.4.1. */
final class FlushLocal implements Instruction {
  private final Mmu mmu;

  FlushLocal(Mmu mmu) {
    this.mmu = mmu;
  }

  @Override
  public WordType result() {
    return WordType.NONE;
  }

  @Override
  public int execute(Memory memory, int cpu, int variant, int task, int b, int c) {
    mmu.dropEntries(memory, cpu, task);
    return 0;
  }

  @Override
  public String show(int variant, int task, int b, int c) {
    return "invlpg " + Layout.taskName(task) + ".page[*]";
  }
}
