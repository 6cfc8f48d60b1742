package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * H24: what is freed after the flush is looked up again.
 *
 * <pre>
 * S                                  C0
 * clears P in T's PTE, keeps f in it
 *                                    switches T in: the page is missing, the slot gets f2
 * flushes every TLB
 * frees what the slot holds: f2
 * </pre>
 *
 * @param refillWaits is the stack refilled only when this is over? Then it is right
 */
record FreeWhatTheSlotHolds(boolean refillWaits) implements Release {
  @Override
  public String title() {
    return "every TLB is flushed, then the frames that the slots hold are free"
        + (refillWaits ? "; no refill before" : "; the stack may be refilled before");
  }

  /** After the flush it looks at the slots with no lock held. */
  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public void beforeExclusionEnds(Machine m, Kernel k, Task task) {
    if (refillWaits) {
      k.pool().beginFlush(m, task);
    }
  }

  @Override
  public void release(Machine m, Kernel k, Task task, int frames) {
    k.flushIpi().flushTlbKernelRange(m, task.number);
    int held = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word slot = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> takeFrom(m, slot));
      held |= frame == 0 ? 0 : 1 << frame;
    }
    k.pool().put(m, task, held);
  }

  private static int takeFrom(Machine m, Word slot) {
    int pte = m.readOnce(slot);
    if (Pte.accessed(pte)) {
      return 0;
    }
    if (!Pte.present(pte) && !m.cmpxchg(slot, pte, 0)) {
      return Pte.frame(m.readOnce(slot)); // filled in the meantime: that is freed, then
    }
    return Pte.frame(pte);
  }
}
