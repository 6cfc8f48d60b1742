package dev.kstack.model.hardware;

import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;

/**
 * A store to a page of a stack by the executing CPU (process number = CPU number), through a TLB entry
 * or by a page walk. The walk rechecks P in the same locked cycle that sets A and D (Intel SDM 3A
 * 4.8, "automatic locking" 9.1.2.1). A hit sets A only where the entry was cached with A clear, and
 * under {@link Hardware#MANUALS} none is: a page that is used through an entry that survived the
 * clearing of A keeps A=0, and A proves nothing then (SDM 3A 4.10.4.3).
 */
final class Touch implements Instruction {
  /** Through a TLB entry, if the CPU holds one; else by a walk, as if there were none. */
  static final int THROUGH_TLB = 1;

  /** By the thread itself: no deeper than one page below the deepest so far. */
  static final int OWN = 0;

  /** Only pages that were accessed before. */
  static final int ACCESSED_BEFORE = 2;

  /** The page is given as a distance down from the deepest page so far. */
  static final int FROM_DEEPEST = 4;

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

  @Override
  public int execute(Memory memory, int cpu, int task, int where, int how) {
    int deepest = memory.get(mmu.deepest(task));
    int page = (how & FROM_DEEPEST) != 0 ? deepest - where : where;
    if (page < 0 || page < deepest - ((how & ACCESSED_BEFORE) != 0 ? 0 : 1)) {
      return BLOCKED;
    }
    int pte = memory.get(mmu.pte(task, page));
    if ((how & THROUGH_TLB) != 0) {
      int entry = memory.get(mmu.tlb(cpu, task, page));
      if (entry == 0) {
        return BLOCKED;
      }
      boolean agrees = Pte.present(pte) && Pte.frame(pte) == Pte.frame(entry);
      // Cleared but not yet freed: the frame is still this page's, and nobody else writes to it.
      boolean inTransit = pte == 0 && (mmu.ledger().moving(memory) & 1 << Pte.frame(entry)) != 0;
      if (!agrees && !inTransit) {
        memory.raise(noStaleTranslation);
      }
      if (!Pte.present(pte) || agrees && Pte.accessed(entry)) {
        accessed(memory, cpu, task, page, deepest);
        return 0;
      }
    }
    if (!Pte.present(pte)) {
      memory.panic(noStackFault);
      return 0;
    }
    memory.set(cpu, mmu.pte(task, page), pte | Pte.ACCESSED | Pte.DIRTY);
    mmu.fill(memory, cpu, cpu, task, page, Pte.frame(pte));
    accessed(memory, cpu, task, page, deepest);
    return 0;
  }

  /** Ghost: inside the access that it records. */
  private void accessed(Memory memory, int cpu, int task, int page, int deepest) {
    memory.premise(premises);
    memory.set(cpu, mmu.deepest(task), Math.min(deepest, page));
  }

  /** Of its own stack, where nothing changes: only a page that is accessed and present. */
  @Override
  public Mover mover(Memory memory, int cpu, int task, int where, int how) {
    int deepest = memory.get(mmu.deepest(task));
    int page = (how & FROM_DEEPEST) != 0 ? deepest - where : where;
    if (page < deepest || (how & THROUGH_TLB) != 0) {
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
  public String show(int task, int where, int how) {
    String name = Layout.taskName(task);
    String what =
        (how & FROM_DEEPEST) == 0
            ? "%s.page[%d]".formatted(name, where)
            : where == 0 ? name + "'s stack" : name + "'s stack, one page deeper";
    return "touch %s%s"
        .formatted(what, (how & THROUGH_TLB) != 0 ? " (TLB hit)" : " (page walk)");
  }
}
