package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * Refill one page at a time, in two ways that are wrong.
 *
 * <p>H16, {@link OnFailure#KEEP}: two threads each get some of their pages, both fail, both keep
 * what they have, and nobody ever runs again.
 *
 * <p>H17, {@link OnFailure#FREE_AND_LEAVE_MAPPED}: the roll back frees the frames and forgets the
 * PTEs, so a frame is free and mapped at once, and belongs to whoever takes it next as well.
 */
record PageByPage(OnFailure onFailure) implements Refill {
  enum OnFailure {
    KEEP,
    FREE_AND_LEAVE_MAPPED
  }

  @Override
  public String title() {
    return switch (onFailure) {
      case KEEP -> "refill takes page by page, and keeps what it has when the pool is empty";
      case FREE_AND_LEAVE_MAPPED ->
          "refill takes page by page, and when the pool is empty frees what it took, but leaves it"
              + " mapped";
    };
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    int taken = 0;
    for (int page = k.pages() - 1; page >= 0; page--) {
      Word pte = k.mmu().pte(next.number, page);
      if (m.call(WordType.BOOLEAN, () -> Pte.present(m.readOnce(pte)) ? 1 : 0) == 0) {
        int one = k.pool().takeAll(m, cpu, next, 1);
        if (one == 0) {
          rollBack(m, k, next, taken);
          return false;
        }
        taken |= one;
        int frame = Integer.numberOfTrailingZeros(one);
        m.writeOnce(pte, Pte.of(frame, k.mmu().use().fresh()));
      }
    }
    return true;
  }

  private void rollBack(Machine m, Kernel k, Task next, int taken) {
    if (onFailure == OnFailure.FREE_AND_LEAVE_MAPPED && taken != 0) {
      k.pool().put(m, next, taken);
    }
  }
}
