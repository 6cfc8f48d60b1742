package dev.kstack.model.hardware;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;

/**
 * An access to a page of a stack that is not the executing CPU's own. It sets A as every access
 * does, and so keeps the page from being reclaimed, but no thread has anything in it for that.
 *
 * @param how what is done, and what becomes of a page that is not present
 */
record RemoteAccess(Mmu mmu, How how, long noStackFault, long noStaleTranslation)
    implements Instruction {
  enum How {
    /** Only looks at the PTE. */
    LOOK("pte_present"),
    /** A page that is not present is a fault in the kernel. */
    READ("load from"),
    /** The same, of a store. */
    WRITE("store to"),
    /** A fault is caught, and the reader told. */
    NOFAULT("copy_from_kernel_nofault");

    final String text;

    How(String text) {
      this.text = text;
    }
  }

  /** Was the page present? */
  @Override
  public WordType result() {
    return WordType.BOOLEAN;
  }

  /** Variant 0 is a walk; 1 goes through the CPU's TLB. */
  @Override
  public int variants(Memory memory, int cpu, int task, int page, int c) {
    boolean cached = mmu.hasTlb(cpu) && memory.get(mmu.tlb(cpu, task, page)) != 0;
    return how != How.LOOK && cached ? 3 : 1;
  }

  @Override
  public int execute(Memory memory, int cpu, int variant, int task, int page, int c) {
    int pte = memory.get(mmu.pte(task, page));
    if (how == How.LOOK) {
      return Pte.present(pte) ? 1 : 0;
    }
    if (variant == 1) {
      return throughTlb(memory, pte, memory.get(mmu.tlb(cpu, task, page)));
    }
    if (!Pte.present(pte)) {
      if (how != How.NOFAULT) {
        memory.panic(noStackFault);
      }
      return 0;
    }
    memory.set(cpu, mmu.pte(task, page), pte | Pte.ACCESSED);
    if (mmu.hasTlb(cpu)) {
      mmu.fill(memory, cpu, cpu, task, page, pte | Pte.ACCESSED);
    }
    return 1;
  }

  /** What it reads is somebody else's, if the frame is; the ledger says whether it may be. */
  private int throughTlb(Memory memory, int pte, int entry) {
    boolean agrees = Pte.present(pte) && Pte.frame(pte) == Pte.frame(entry);
    boolean inTransit =
        !Pte.present(pte) && (mmu.ledger().moving(memory) & 1 << Pte.frame(entry)) != 0;
    if (!agrees && !inTransit) {
      memory.raise(noStaleTranslation);
    }
    return 1;
  }

  @Override
  public String show(int variant, int task, int page, int c) {
    return "%s %s.page[%d]%s"
        .formatted(
            how.text,
            Layout.taskName(task),
            page,
            how == How.LOOK ? "" : variant == 1 ? " (TLB hit)" : " (page walk)");
  }
}
