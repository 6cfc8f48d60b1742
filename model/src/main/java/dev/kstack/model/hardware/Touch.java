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

  @Override
  public WordType result() {
    return WordType.NONE;
  }

  /** Variant 2p is a walk for page p; 2p+1 goes through the CPU's TLB, if that holds the page. */
  @Override
  public int variants(Memory memory, int cpu, int task, int access, int c) {
    int deepest = memory.get(mmu.deepest(task));
    Access a = ACCESSES[access];
    boolean goesDeeper = a == Access.OWN || a == Access.PUSH;
    boolean staysLow = a == Access.PUSH || a == Access.POP;
    int first = goesDeeper && deepest > 0 ? deepest - 1 : deepest;
    int last = staysLow ? deepest : mmu.pages() - 1;
    int variants = 0;
    for (int page = first; page <= last; page++) {
      variants |= (memory.get(mmu.tlb(cpu, task, page)) == 0 ? 1 : 3) << 2 * page;
    }
    return variants;
  }

  @Override
  public int execute(Memory memory, int cpu, int variant, int task, int access, int c) {
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
        accessed(memory, cpu, task, page);
        return 0;
      }
    }
    if (!Pte.present(pte)) {
      memory.panic(noStackFault);
      return 0;
    }
    memory.set(cpu, mmu.pte(task, page), pte | Pte.ACCESSED | Pte.DIRTY);
    mmu.fill(memory, cpu, cpu, task, page, Pte.frame(pte));
    accessed(memory, cpu, task, page);
    return 0;
  }

  /** Ghost: inside the access that it records. */
  private void accessed(Memory memory, int cpu, int task, int page) {
    memory.premise(premises);
    Word deepest = mmu.deepest(task);
    if (page < memory.get(deepest)) {
      memory.set(cpu, deepest, page);
    }
  }

  /** Of the thread's own stack, where nothing changes: a page that is accessed and present. */
  @Override
  public Mover mover(Memory memory, int cpu, int variant, int task, int access, int c) {
    int page = variant >> 1;
    if (page < memory.get(mmu.deepest(task)) || (variant & 1) != 0) {
      return Mover.NONE;
    }
    Exclusive exclusive = mmu.pte(task, page).exclusive();
    boolean owned = exclusive != null && exclusive.owner(memory) == cpu;
    int pte = memory.get(mmu.pte(task, page));
    boolean changesNothing =
        Pte.present(pte) && Pte.accessed(pte) && memory.get(mmu.tlb(cpu, task, page)) == 0;
    return owned && changesNothing && mmu.record() == TlbRecord.THAT_CAN_MATTER
        ? Mover.BOTH
        : Mover.NONE;
  }

  @Override
  public String show(int variant, int task, int access, int c) {
    return "touch %s.page[%d]%s"
        .formatted(
            Layout.taskName(task),
            variant >> 1,
            (variant & 1) != 0 ? " (TLB hit)" : " (page walk)");
  }
}
