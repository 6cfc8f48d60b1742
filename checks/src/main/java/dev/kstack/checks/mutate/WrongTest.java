package dev.kstack.checks.mutate;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Locale;

/** Mistakes in how A is tested and P cleared. */
enum WrongTest implements ReclaimTest {
  A_NOT_TESTED {
    @Override
    public int tryUnmap(Machine m, Word word) {
      int pte = m.readOnce(word);
      return Pte.present(pte) ? unmap(m, word, pte) : 0;
    }
  },

  D_TESTED {
    @Override
    public int tryUnmap(Machine m, Word word) {
      int pte = m.readOnce(word);
      return Pte.present(pte) && (pte & Pte.DIRTY) == 0 ? unmap(m, word, pte) : 0;
    }
  },

  P_NOT_TESTED {
    @Override
    public int tryUnmap(Machine m, Word word) {
      int pte = m.readOnce(word);
      return Pte.accessed(pte) ? 0 : unmap(m, word, pte);
    }
  },

  /** When the cmpxchg fails, A is not looked at again. */
  TRIED_AGAIN {
    @Override
    public int tryUnmap(Machine m, Word word) {
      int pte = m.readOnce(word);
      if (!Pte.present(pte) || Pte.accessed(pte)) {
        return 0;
      }
      int frame = unmap(m, word, pte);
      return frame != 0 ? frame : unmap(m, word, m.readOnce(word));
    }
  },

  /** Once accessed is not for ever: a page that was not accessed since the last look goes. */
  AGES {
    @Override
    public int tryUnmap(Machine m, Word word) {
      int pte = m.readOnce(word);
      if (!Pte.present(pte)) {
        return 0;
      }
      if (Pte.accessed(pte)) {
        m.cmpxchg(word, pte, pte & ~Pte.ACCESSED);
        return 0;
      }
      return unmap(m, word, pte);
    }
  },

  NOT_THE_TOP_PAGE {
    @Override
    public int tryUnmap(Machine m, Word word) {
      return ifNeverAccessed(m, word);
    }

    @Override
    public int unmapNeverAccessed(Machine m, Kernel k, Task task) {
      return unmapPages(m, k, task, 0, k.pages() - 1);
    }
  },

  NOT_THE_LOWEST_PAGE {
    @Override
    public int tryUnmap(Machine m, Word word) {
      return ifNeverAccessed(m, word);
    }

    @Override
    public int unmapNeverAccessed(Machine m, Kernel k, Task task) {
      return unmapPages(m, k, task, 1, k.pages());
    }
  };

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static int unmap(Machine m, Word word, int pte) {
    return m.cmpxchg(word, pte, 0) ? Pte.frame(pte) : 0;
  }

  private static int ifNeverAccessed(Machine m, Word word) {
    int pte = m.readOnce(word);
    return !Pte.present(pte) || Pte.accessed(pte) ? 0 : unmap(m, word, pte);
  }

  int unmapPages(Machine m, Kernel k, Task task, int firstPage, int endPage) {
    int frames = 0;
    for (int page = firstPage; page < endPage; page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> tryUnmap(m, pte));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }
}
