package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;

/**
 * The top levels of the kernel's page table are copied into that of each mm when that is made, and
 * an entry that is made later is filled in by the fault of whoever misses it: but not where the
 * fault would have to be pushed on the stack that is missed. K: arch/x86/mm/fault.c,
 * vmalloc_fault(), up to Linux 5.8. Each thread here has an mm of its own, and one entry is enough
 * for all stacks: the mm of A was made after it, those of others before.
 *
 * @param synced does the switch fill in what it needs before it needs it? (H29)
 */
public record TopLevels(boolean synced) implements Decision {
  private static final int IDLE = 0;

  @Override
  public String title() {
    return "page tables lack top-level entries of stacks, "
        + (synced ? "which the switch fills in before" : "and the switch does not look");
  }

  /** Must it do an operation? */
  @Override
  public boolean acts() {
    return synced;
  }

  /** K: arch/x86/mm/tlb.c, switch_mm_irqs_off(), before it loads next's page table. */
  void switchMm(Machine m, Kernel k, int next) {
    Word pgd = k.task(next).pgd();
    if (synced && m.readOnce(pgd) == 0) {
      m.writeOnce(pgd, 1); // sync_current_stack_to_mm()
    }
  }

  /** What the walker finds in it, from prev's stack on: that of idle is in no such place. */
  void walk(Machine m, Kernel k, int prev, int next) {
    if (m.readOnce(k.task(next).pgd()) == 0) {
      k.mmu().doubleFault(m, prev == IDLE ? next : prev, k.pages() - 1);
    }
  }
}
