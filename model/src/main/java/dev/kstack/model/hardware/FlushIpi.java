package dev.kstack.model.hardware;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * TLB shootdown. K: arch/x86/mm/tlb.c, flush_tlb_kernel_range(): {@code on_each_cpu(.., wait)}. A
 * CPU takes the interrupt only with interrupts on, which is where it rests between activations; so
 * it must never be waited for with a lock held that a CPU may spin on.
 *
 * <p>The interrupt is sent to all CPUs at once: that one is sent later cannot be told from that it
 * is taken later. One flush is under way at a time: who wants another waits, as for a CPU that
 * takes both.
 */
public final class FlushIpi {
  private static final int ALL_STACKS = 0;

  private final Mmu mmu;
  private final AtomicContext atomicContext;
  private final int allCpus;
  private final Word stack;
  private final Word pending;
  private final Instruction send = new Send(false, WordType.NONE);
  private final Instruction sendUnlessUnderWay = new Send(true, WordType.NONE);
  private final Instruction trySend = new Send(true, WordType.BOOLEAN);
  private final Instruction take = new Take();

  public FlushIpi(Layout layout, Mmu mmu, int cpus, AtomicContext atomicContext) {
    this.mmu = mmu;
    this.atomicContext = atomicContext;
    allCpus = (1 << cpus) - 1;
    stack = layout.word("flush.stack", WordType.TASK, layout.leastBits(WordType.TASK));
    pending =
        layout
            .word("flush.cpumask", WordType.NUMBER, cpus)
            .answeredBy((memory, cpumask) -> cpumask); // CPUs are the processes from 0
  }

  /** Flushes the task's stack on every CPU; returns when all have done it. Needs interrupts on. */
  public void flushTlbKernelRange(Machine m, int task) {
    m.execute(send, task, 0, 0);
    m.waitUntil(pending, 0); // pairs with the acknowledgements in Take
  }

  /**
   * As {@link #flushTlbKernelRange}, but nothing is sent where a flush is under way; that one is
   * waited for, whatever it is of, and whoever has acknowledged it already.
   */
  public void flushUnlessUnderWay(Machine m, int task) {
    m.execute(sendUnlessUnderWay, task, 0, 0);
    m.waitUntil(pending, 0);
  }

  /**
   * K: kernel/smp.c, smp_call_function_many_cond(), by a thread on a CPU: sends the flush and does
   * not wait, so that the CPU can take it too. With preemption off until {@link #whenFlushed}.
   *
   * @return is it sent? Not if another one is under way
   */
  public boolean trySend(Machine m, int task) {
    return m.execute(trySend, task, 0, 0) != 0;
  }

  /** What follows can be done only where no flush is under way. */
  public void whenFlushed(Machine m) {
    m.when(pending, 0); // pairs with the acknowledgements in Take
  }

  /** Flushes every stack on every CPU, as {@link #flushTlbKernelRange}. */
  public void flushTlbAll(Machine m) {
    flushTlbKernelRange(m, ALL_STACKS);
  }

  /** The executing CPU takes the interrupt, if there is one. */
  public void take(Machine m) {
    m.execute(take, 0, 0, 0);
  }

  private final class Send implements Instruction {
    private final boolean unlessUnderWay;
    private final WordType result;

    Send(boolean unlessUnderWay, WordType result) {
      this.unlessUnderWay = unlessUnderWay;
      this.result = result;
    }

    @Override
    public WordType result() {
      return result;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      if (result == WordType.NONE) {
        atomicContext.noteWaiting(memory, process);
      }
      if (memory.get(pending) != 0) {
        return unlessUnderWay ? 0 : BLOCKED;
      }
      memory.set(process, stack, task);
      memory.set(process, pending, allCpus);
      return result == WordType.NONE ? 0 : 1;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return task == ALL_STACKS
          ? "on_each_cpu(flush every stack)"
          : "on_each_cpu(flush %s.page[*])".formatted(Layout.taskName(task));
    }
  }

  private final class Take implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int cpu, int variant, int a, int b, int c) {
      int mask = memory.get(pending);
      if ((mask & 1 << cpu) == 0) {
        return BLOCKED;
      }
      int task = memory.get(stack);
      if (task == ALL_STACKS) {
        mmu.dropAllEntries(memory, cpu);
      } else {
        mmu.dropEntries(memory, cpu, task);
      }
      memory.set(cpu, pending, mask & ~(1 << cpu));
      if (memory.get(pending) == 0) {
        memory.set(cpu, stack, 0);
      }
      return 0;
    }

    @Override
    public String show(int variant, int a, int b, int c) {
      return "flush IPI: invlpg, acknowledge";
    }
  }
}
