package dev.kstack.model.hardware;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * Speculation and prefetch, on any CPU, for any mapped page of any stack: stacks are mapped
 * globally. It reads ahead of what threads do, so it follows no thread; a run has a bounded number
 * of its walks.
 *
 * <p>A walk is one indivisible operation: it rechecks P in the cycle that sets A. Under {@link
 * Hardware#STRAY_A} it is two, a read and a write, and P may have been cleared between them.
 */
public final class SpeculativeWalker implements Process, Instruction {
  private final Mmu mmu;
  private final Hardware hardware;
  private final int cpus;
  private final int tasks;
  private final int walks;
  private final Word budget;
  private final Instruction read = new Read();
  private final Instruction strayWrite = new StrayWrite();

  public SpeculativeWalker(Layout layout, Mmu mmu, Hardware hardware, int cpus, int walks) {
    this.mmu = mmu;
    this.hardware = hardware;
    this.cpus = cpus;
    this.tasks = layout.tasks();
    this.walks = walks;
    this.budget = layout.word("walks left", WordType.NUMBER, Layout.bitsFor(walks)).asGhost();
  }

  /** How many walks are left in this run. */
  public Word budget() {
    return budget;
  }

  @Override
  public String name() {
    return "W";
  }

  /** Speculation is no progress. */
  @Override
  public boolean counts() {
    return false;
  }

  @Override
  public int run(Machine m, int local) {
    m.when(budget, m.choose("walks left", 1, walks));
    int task = m.chooseOne("stack", WordType.TASKS, (1 << tasks) - 1);
    int page = m.choose("page", 0, mmu.pages() - 1);
    // A walk that sets A is the same on every CPU, unless all TLB entries are recorded.
    int firstMark = mmu.record() == TlbRecord.EVERY ? ~(cpus - 1) : ~0;
    int lastFill = hardware == Hardware.SPEC_FILL ? cpus - 1 : ~0;
    if (hardware == Hardware.STRAY_A) {
      m.execute(read, task, page, 0);
      int cpu = mmu.record() == TlbRecord.EVERY ? m.choose("walker", 0, cpus - 1) : 0;
      m.execute(strayWrite, task, page, cpu);
    } else {
      m.execute(this, task, page, m.choose("walker", firstMark, lastFill));
    }
    return 0;
  }

  @Override
  public WordType result() {
    return WordType.NONE;
  }

  /** By CPU {@code ~who}, setting A; or by CPU {@code who}, leaving it clear. P is rechecked. */
  @Override
  public int execute(Memory memory, int process, int variant, int task, int page, int who) {
    int left = memory.get(budget);
    int pte = memory.get(mmu.pte(task, page));
    if (left == 0 || !Pte.present(pte) || Pte.accessed(pte)) {
      return BLOCKED;
    }
    if (who < 0) {
      memory.set(process, mmu.pte(task, page), pte | Pte.ACCESSED);
      mmu.fill(memory, process, ~who, task, page, pte);
    } else {
      memory.set(process, mmu.tlb(who, task, page), Pte.of(Pte.frame(pte), Pte.PRESENT));
    }
    memory.set(process, budget, left - 1);
    return 0;
  }

  @Override
  public String show(int variant, int task, int page, int who) {
    return who < 0
        ? "speculative walk of %s.page[%d]: sets A".formatted(Layout.taskName(task), page)
        : "speculative walk of %s.page[%d]: fills the TLB of C%d, A stays clear"
            .formatted(Layout.taskName(task), page, who);
  }

  /** Erratum KNL4, first half: the walk finds the page present and A clear. */
  private final class Read implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int page, int c) {
      int left = memory.get(budget);
      int pte = memory.get(mmu.pte(task, page));
      if (left == 0 || !Pte.present(pte) || Pte.accessed(pte)) {
        return BLOCKED;
      }
      memory.set(process, budget, left - 1);
      return 0;
    }

    @Override
    public String show(int variant, int task, int page, int c) {
      return "speculative walk of %s.page[%d]: reads the PTE"
          .formatted(Layout.taskName(task), page);
    }
  }

  /**
   * Second half: it sets A, P or no P. Only with P does it cache the translation, as usual. What it
   * writes to an entry without P is A alone, or A and D.
   */
  private final class StrayWrite implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int variants(Memory memory, int process, int task, int page, int cpu) {
      return Pte.present(memory.get(mmu.pte(task, page))) ? 1 : 3;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int page, int cpu) {
      int pte = memory.get(mmu.pte(task, page));
      int dirty = variant == 0 ? 0 : Pte.DIRTY;
      memory.set(process, mmu.pte(task, page), pte | Pte.ACCESSED | dirty);
      if (Pte.present(pte)) {
        mmu.fill(memory, process, cpu, task, page, pte);
      }
      return 0;
    }

    @Override
    public String show(int variant, int task, int page, int cpu) {
      return "the walk of %s.page[%d] sets A%s"
          .formatted(Layout.taskName(task), page, variant == 0 ? "" : " and D");
    }
  }
}
