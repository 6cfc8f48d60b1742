package dev.kstack.model.design;

import dev.kstack.model.kernel.ForkAndExit;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** {@link FillAtFork}, with one thing done wrong. */
enum WrongForkAndExit implements ForkAndExit {
  /**
   * H19: K: kernel/fork.c, thread_stack_delayed_free() of today: {@code struct vm_stack *vm_stack =
   * tsk->stack}, a note at the lowest address of the stack, whose page may have been reclaimed.
   */
  NOTE_AT_THE_LOWEST_ADDRESS("as it should, but a dead stack is noted in its own lowest page"),

  /** H22: the fill fails half way, and nobody gives back what it has taken. */
  NO_ROLL_BACK("fork() takes frame by frame, and gives none back when the pool is empty");

  private final String title;

  WrongForkAndExit(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public boolean fill(Machine m, Kernel k, Task stack) {
    if (this != NO_ROLL_BACK) {
      return new FillAtFork().fill(m, k, stack);
    }
    int frames = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word pte = k.mmu().pte(stack.number, page);
      if (m.call(WordType.BOOLEAN, () -> Pte.present(m.readOnce(pte)) ? 1 : 0) == 0) {
        int one = k.pool().takeAll(m, Kernel.NO_CPU, stack, 1);
        if (one == 0) {
          return false; // and vm_area->pages[] is forgotten
        }
        frames |= one;
      }
    }
    return map(m, k, stack, frames);
  }

  /** K: vmap_pages_range(), once there is a frame for every page. */
  private static boolean map(Machine m, Kernel k, Task stack, int frames) {
    int left = frames;
    for (int page = 0; left != 0; page++) {
      Word pte = k.mmu().pte(stack.number, page);
      if (m.call(WordType.BOOLEAN, () -> Pte.present(m.readOnce(pte)) ? 1 : 0) == 0) {
        int frame = m.chooseOne("frame", WordType.FRAMES, left);
        left &= ~(1 << frame);
        m.writeOnce(pte, Pte.of(frame, k.mmu().use().fresh()));
      }
    }
    return true;
  }

  @Override
  public void queueForVfree(Machine m, Kernel k, Task stack) {
    if (this == NOTE_AT_THE_LOWEST_ADDRESS) {
      k.mmu().write(m, stack.number, 0);
    }
  }
}
