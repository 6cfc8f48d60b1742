package dev.kstack.model.hardware;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;

/**
 * TLB shootdown. K: arch/x86/mm/tlb.c, flush_tlb_kernel_range(): {@code on_each_cpu(.., wait)}. A CPU
 * takes the interrupt only with interrupts on, which is where it rests between activations; so it must
 * never be waited for with a lock held that a CPU may spin on.
 */
public final class FlushIpi implements Instruction {
  private final Mmu mmu;
  private final List<Word> pending = new ArrayList<>();

  public FlushIpi(Layout layout, Mmu mmu, int cpus) {
    this.mmu = mmu;
    for (int cpu = 0; cpu < cpus; cpu++) {
      pending.add(
          layout
              .word("ipi[C" + cpu + "]", WordType.TASK, layout.leastBits(WordType.TASK))
              .answeredBy(cpu));
    }
  }

  /** Flushes the task's stack on every CPU; returns when all have done it. May sleep, may spin. */
  public void flushTlbKernelRange(Machine m, int task) {
    for (Word ipi : pending) {
      m.writeOnce(ipi, task);
    }
    for (Word ipi : pending) {
      m.waitUntil(ipi, 0); // pairs with the acknowledgement in execute()
    }
  }

  /** The executing CPU takes the interrupt, if there is one. */
  public void take(Machine m) {
    m.execute(this, 0, 0, 0);
  }

  @Override
  public WordType result() {
    return WordType.NONE;
  }

  @Override
  public int execute(Memory memory, int cpu, int a, int b, int c) {
    int task = memory.get(pending.get(cpu));
    if (task == 0) {
      return BLOCKED;
    }
    mmu.dropEntries(memory, cpu, task);
    memory.set(cpu, pending.get(cpu), 0);
    return 0;
  }

  @Override
  public String show(int a, int b, int c) {
    return "flush IPI: invlpg, acknowledge";
  }
}
