package dev.kstack.checks.mutate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Locale;

/** Mistakes in how a stack gets its missing pages. */
enum WrongRefill implements Refill {
  LOWEST_PAGE_FORGOTTEN {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      return fillAll(m, k, cpu, next, missing(m, k, next) & ~1, 0);
    }
  },

  ONE_FRAME_TOO_MANY {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      return fillAll(m, k, cpu, next, missing(m, k, next), 1);
    }
  },

  REFUSAL_IGNORED {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      fillAll(m, k, cpu, next, missing(m, k, next), 0);
      return true;
    }
  },

  ONE_FRAME_FOR_ALL {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      int missing = missing(m, k, next);
      int frames = missing == 0 ? 0 : take(m, k, cpu, next, missing, 0);
      if (missing != 0 && frames == 0) {
        return false;
      }
      for (int page = 0; page < k.pages(); page++) {
        if ((missing & 1 << page) != 0) {
          map(m, k, next, page, m.chooseOne("frame", WordType.FRAMES, frames));
        }
      }
      return true;
    }
  },

  TOP_DOWN {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      int missing = missing(m, k, next);
      int frames = missing == 0 ? 0 : take(m, k, cpu, next, missing, 0);
      if (missing != 0 && frames == 0) {
        return false;
      }
      for (int page = k.pages() - 1; page >= 0; page--) {
        if ((missing & 1 << page) != 0) {
          int frame = m.chooseOne("frame", WordType.FRAMES, frames);
          frames &= ~(1 << frame);
          map(m, k, next, page, frame);
        }
      }
      return true;
    }
  },

  /** The roll back takes pages away without a look at A. */
  ROLLED_BACK_BY_STORES {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      return pageByPage(m, k, cpu, next);
    }

    @Override
    void rollBack(Machine m, Kernel k, Task next, int pages, int frames) {
      unmap(m, k, next, pages);
      k.pool().put(m, next, frames);
    }
  },

  ROLLED_BACK_WITHOUT_FREEING {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      return pageByPage(m, k, cpu, next);
    }

    @Override
    void rollBack(Machine m, Kernel k, Task next, int pages, int frames) {
      unmap(m, k, next, pages);
    }
  },

  /** The two halves of the roll back in the wrong order. */
  ROLLED_BACK_IN_THE_WRONG_ORDER {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      return pageByPage(m, k, cpu, next);
    }

    @Override
    void rollBack(Machine m, Kernel k, Task next, int pages, int frames) {
      k.pool().put(m, next, frames);
      unmap(m, k, next, pages);
    }
  };

  private static final int FRESH = Pte.PRESENT | Pte.DIRTY;

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  void rollBack(Machine m, Kernel k, Task next, int pages, int frames) {}

  private static int missing(Machine m, Kernel k, Task next) {
    return m.call(
        WordType.NUMBER,
        () -> {
          int missing = 0;
          for (int page = 0; page < k.pages(); page++) {
            Word pte = k.mmu().pte(next.number, page);
            missing |= (Pte.present(m.readOnce(pte)) ? 0 : 1) << page;
          }
          return missing;
        });
  }

  private static int take(Machine m, Kernel k, int cpu, Task next, int pages, int more) {
    return k.pool().takeAll(m, cpu, next, Integer.bitCount(pages) + more);
  }

  private static void map(Machine m, Kernel k, Task next, int page, int frame) {
    m.writeOnce(k.mmu().pte(next.number, page), Pte.of(frame, FRESH));
  }

  private static void unmap(Machine m, Kernel k, Task next, int pages) {
    for (int page = 0; page < k.pages(); page++) {
      if ((pages & 1 << page) != 0) {
        m.writeOnce(k.mmu().pte(next.number, page), 0);
      }
    }
  }

  /** As the design does it, with so many frames more than it needs. */
  @CanIgnoreReturnValue
  private static boolean fillAll(Machine m, Kernel k, int cpu, Task next, int missing, int more) {
    if (missing == 0) {
      return true;
    }
    int frames = take(m, k, cpu, next, missing, more);
    if (frames == 0) {
      return false;
    }
    for (int page = 0; page < k.pages(); page++) {
      if ((missing & 1 << page) != 0) {
        int frame = m.chooseOne("frame", WordType.FRAMES, frames);
        frames &= ~(1 << frame);
        map(m, k, next, page, frame);
      }
    }
    return true;
  }

  boolean pageByPage(Machine m, Kernel k, int cpu, Task next) {
    int missing = missing(m, k, next);
    int pages = 0;
    int taken = 0;
    for (int page = k.pages() - 1; page >= 0; page--) {
      if ((missing & 1 << page) != 0) {
        int one = k.pool().takeAll(m, cpu, next, 1);
        if (one == 0) {
          if (taken != 0) {
            rollBack(m, k, next, pages, taken);
          }
          return false;
        }
        taken |= one;
        pages |= 1 << page;
        map(m, k, next, page, Integer.numberOfTrailingZeros(one));
      }
    }
    return true;
  }
}
