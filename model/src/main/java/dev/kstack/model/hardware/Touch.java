package dev.kstack.model.hardware;

import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * A store to a page of a stack by the executing CPU (process number = CPU number), through a TLB
 * entry or by a page walk. The walk rechecks P in the same locked cycle that sets A and D (Intel
 * SDM 3A 4.8, "automatic locking" 9.1.2.1). A hit sets A only where the entry was cached with A
 * clear, and under {@link Hardware#MANUALS} none is: a page that is used through an entry that
 * survived the clearing of A keeps A=0, and A proves nothing then (SDM 3A 4.10.4.3).
 */
final class Touch implements Instruction {
  /** Whose access it is, and to which pages: the second operand. */
  enum Access {
    /** By the thread itself: anywhere down to one page below the deepest so far. */
    OWN,
    /** Of registers to the thread's own stack: in its deepest page, or one below. */
    PUSH,
    /** From where they were pushed. */
    POP,
    /** By anybody, to a page that was accessed before. */
    ACCESSED_BEFORE
  }

  private static final Access[] ACCESSES = Access.values();

  private final Mmu mmu;
  private final long noStackFault;
  private final long noStaleTranslation;
  private final long premises;

  Touch(Mmu mmu, long noStackFault, long noStaleTranslation, long accessedPageKept) {
    this.mmu = mmu;
    this.noStackFault = noStackFault;
    this.noStaleTranslation = noStaleTranslation;
    this.premises = noStackFault | noStaleTranslation | accessedPageKept;
  }

  /** Where faults are served, {@link #again} of the page that was not present, or 0. */
  @Override
  public WordType result() {
    return mmu.servesFaults() ? WordType.NUMBER : WordType.NONE;
  }

  /** The third operand: the page that is touched again after a fault, plus 1; 0 for any. */
  static int again(int page) {
    return page + 1;
  }

  /** The third operand, of an access that does not store: with {@link #again} or without. */
  static final int LOAD = 1 << 8;

  private static final int PAGE_MASK = LOAD - 1;

  /**
   * Variant 2p is a walk for page p; 2p+1 goes through the CPU's TLB, if that serves the access.
   */
  @Override
  public int variants(Memory memory, int cpu, int task, int access, int how) {
    int deepest = memory.get(mmu.deepest(task));
    int sp = mmu.savedSp(memory, task);
    int top = mmu.pages() - 1;
    int below = deepest > 0 && (how & LOAD) == 0 ? deepest - 1 : deepest;
    int first =
        switch (ACCESSES[access]) {
          case OWN, PUSH -> below;
          case POP, ACCESSED_BEFORE -> Math.max(deepest, sp);
        };
    int last =
        switch (ACCESSES[access]) {
          case OWN, ACCESSED_BEFORE -> top;
          case PUSH -> mmu.use().savesSp() ? top : deepest;
          case POP -> first;
        };
    int variants = 0;
    for (int page = first; page <= last; page++) {
      int entry = memory.get(mmu.tlb(cpu, task, page));
      variants |= (entry != 0 && serves(entry, how) ? 3 : 1) << 2 * page;
    }
    int again = (how & PAGE_MASK) - 1;
    return again < 0 ? variants : variants & 3 << 2 * again;
  }

  /** A store through an entry with D clear walks again, to set it: Intel SDM 3A 4.8. */
  private boolean serves(int entry, int how) {
    return !mmu.use().dirtyBit() || (how & LOAD) != 0 || (entry & Pte.DIRTY) != 0;
  }

  @Override
  public int execute(Memory memory, int cpu, int variant, int task, int access, int how) {
    int page = variant >> 1;
    int pte = memory.get(mmu.pte(task, page));
    if ((variant & 1) != 0) {
      int entry = memory.get(mmu.tlb(cpu, task, page));
      boolean agrees = Pte.present(pte) && Pte.frame(pte) == Pte.frame(entry);
      // Cleared but not yet freed: the frame is still this page's, and nobody else writes to it.
      boolean inTransit =
          !Pte.present(pte) && (mmu.ledger().moving(memory) & 1 << Pte.frame(entry)) != 0;
      if (!agrees && !inTransit) {
        memory.raise(noStaleTranslation);
      }
      if (!Pte.present(pte) || agrees && Pte.accessed(entry)) {
        accessed(memory, cpu, task, access, page);
        return 0;
      }
    }
    if (!Pte.present(pte)) {
      if (mmu.servesFaults()) {
        return again(page);
      }
      memory.panic(noStackFault);
      return 0;
    }
    int sets = (how & LOAD) == 0 ? Pte.ACCESSED | Pte.DIRTY : Pte.ACCESSED;
    memory.set(cpu, mmu.pte(task, page), pte | sets);
    mmu.fill(memory, cpu, cpu, task, page, pte | sets);
    accessed(memory, cpu, task, access, page);
    return 0;
  }

  /** Ghost: inside the access that it records; and the stack pointer, which moves with it. */
  private void accessed(Memory memory, int cpu, int task, int access, int page) {
    memory.premise(premises);
    Word deepest = mmu.deepest(task);
    if (page < memory.get(deepest)) {
      memory.set(cpu, deepest, page);
    }
    switch (ACCESSES[access]) {
      case PUSH -> mmu.saveSp(memory, cpu, task, page);
      case POP -> mmu.saveSp(memory, cpu, task, 0); // it runs: nobody looks at the old one
      case OWN, ACCESSED_BEFORE -> {}
    }
  }

  /** Of the thread's own stack, where nothing changes: a page that is accessed and present. */
  @Override
  public Mover mover(Memory memory, int cpu, int variant, int task, int access, int how) {
    int page = variant >> 1;
    if (page < memory.get(mmu.deepest(task)) || (variant & 1) != 0) {
      return Mover.NONE;
    }
    boolean movesSp = access == Access.PUSH.ordinal() || access == Access.POP.ordinal();
    if (movesSp && mmu.use().savesSp()) {
      return Mover.NONE;
    }
    Exclusive exclusive = mmu.pte(task, page).exclusive();
    boolean owned = exclusive != null && exclusive.owner(memory) == cpu;
    int pte = memory.get(mmu.pte(task, page));
    boolean changesNothing =
        Pte.present(pte)
            && Pte.accessed(pte)
            && ((pte & Pte.DIRTY) != 0 || (how & LOAD) != 0)
            && memory.get(mmu.tlb(cpu, task, page)) == 0;
    return owned && changesNothing && mmu.record() == TlbRecord.THAT_CAN_MATTER
        ? Mover.BOTH
        : Mover.NONE;
  }

  @Override
  public String show(int variant, int task, int access, int how) {
    return "%s %s.page[%d]%s"
        .formatted(
            mmu.use().dirtyBit() ? (how & LOAD) != 0 ? "load from" : "store to" : "touch",
            Layout.taskName(task),
            variant >> 1,
            (variant & 1) != 0 ? " (TLB hit)" : " (page walk)");
  }
}
