package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;

/**
 * The top levels of the kernel's page table are copied into that of each mm when that is made, and
 * an entry that is made later is filled in by the fault of whoever misses it: but not where the
 * fault would have to be pushed on the stack that is missed. K: arch/x86/mm/fault.c,
 * vmalloc_fault(), up to Linux 5.8. Each thread here has an mm of its own.
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

  /** K: arch/x86/mm/tlb.c, switch_mm_irqs_off(), which runs on prev's stack; then switch_to(). */
  void switchMm(Machine m, Kernel k, int prev, int next) {
    Word pgd = k.task(next).pgd();
    int needed = k.task(next).asSet() | (prev == IDLE ? 0 : k.task(prev).asSet());
    int has = m.readOnce(pgd);
    if ((needed & ~has) == 0) {
      return;
    }
    if (synced) {
      m.writeOnce(pgd, has | needed); // sync_current_stack_to_mm(), and the same for next
      return;
    }
    boolean prevs = prev != IDLE && (k.task(prev).asSet() & ~has) != 0;
    k.mmu().doubleFault(m, prevs ? prev : next, k.pages() - 1);
  }
}
