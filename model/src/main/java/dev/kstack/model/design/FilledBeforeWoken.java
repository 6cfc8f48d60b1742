package dev.kstack.model.design;

import dev.kstack.model.kernel.Freezer;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.OomKill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.kernel.Thaw;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;

/**
 * A wakeup of a frozen thread is remembered, and the thread is woken for good when a filler has
 * mapped what it lacks; until then it is on the filler's list.
 */
enum FilledBeforeWoken implements Thaw {
  KEPT_ON_LIST("a wakeup of a frozen thread is remembered; a filler fills it, and then wakes it"),

  /**
   * K: a bound workqueue, a worker for each CPU: two wait for frames at a time, and not in line.
   */
  TWO_FILLERS(
      "a wakeup of a frozen thread is remembered; one of two fillers fills it, and then wakes it") {
    @Override
    public int fillers() {
      return 2;
    }
  },

  /** Who lacks many pages may wait for ever, while others that lack few take the frames. */
  WHO_FITS(
      "a wakeup of a frozen thread is remembered; a filler fills whoever there are frames for") {
    @Override
    public boolean inLine() {
      return false;
    }

    @Override
    public void fill(Machine m, Kernel k, Task task) {
      int missing = missing(m, k, task);
      int frames = k.pool().takeAll(m, Kernel.NO_CPU, task, Integer.bitCount(missing));
      if (frames != 0) {
        mapAndThaw(m, k, task, missing, frames);
      }
    }
  },

  /**
   * K: mm/oom_kill.c, mark_oom_victim(): __thaw_task(), as who is frozen frees no memory. The
   * victim is filled from its reserve, and before all others.
   */
  VICTIM_FIRST(
      "a wakeup of a frozen thread is remembered; a filler fills it, and who is killed first of all") {
    @Override
    public void wakeupOfFrozen(Machine m, Kernel k, Task task) {
      if (!k.freezer().rememberWakeup(m, task)) {
        return;
      }
      if (m.readOnce(k.oomVictim()) == task.number) {
        k.freezer().moveToHead(m, task);
      } else {
        k.freezer().queueForFilling(m, task);
      }
    }

    @Override
    public void killed(Machine m, Kernel k, Task task) {
      if (k.freezer().waitsForFiller(m, task)) {
        k.freezer().moveToHead(m, task);
      }
    }
  },

  /** With what is free at once, under pi_lock: GFP_NOWAIT. Mach's stack_alloc_try() is this. */
  WAKER_TRIES_FIRST(
      "a wakeup of a frozen thread fills it with frames that are free; else a filler") {
    @Override
    public void wakeupOfFrozen(Machine m, Kernel k, Task task) {
      if (!k.freezer().rememberWakeup(m, task)) {
        return;
      }
      int missing = m.call(WordType.NUMBER, () -> MissingPages.NOT_PRESENT.of(m, k, task));
      int frames = k.pool().takeAll(m, Kernel.NO_CPU, task, Integer.bitCount(missing));
      if (frames == 0) {
        k.freezer().queueForFilling(m, task);
      } else {
        m.call(() -> map(m, k, task, missing, frames));
        k.freezer().thaw(m, task);
      }
    }
  },

  /**
   * TWICE: the second wakeup finds that it is woken already, and lets it run.
   *
   * <pre>
   * C0                                 C1
   * wakes T: frozen, remembered
   *                                    wakes T: RUNNING in saved_state; onto a run queue, and runs it
   *                                    T goes one page deeper: a double fault
   * </pre>
   */
  SECOND_WAKEUP_WAKES("a second wakeup of a frozen thread wakes it, filled or not") {
    @Override
    public boolean obeysLocks() {
      return false;
    }

    @Override
    public void wakeupOfFrozen(Machine m, Kernel k, Task task) {
      if (k.freezer().rememberWakeup(m, task)) {
        k.freezer().queueForFilling(m, task);
      } else {
        k.freezer().takeOffList(m, task);
        k.freezer().thaw(m, task);
      }
    }
  },

  /**
   * H15: it is taken off the list first; where there are too few frames, nobody puts it back, and
   * that it was woken is known already.
   */
  TAKEN_OFF_LIST_FIRST("the filler takes a thread off its list, and then tries to fill it") {
    @Override
    public void fill(Machine m, Kernel k, Task task) {
      m.lock(task.piLock);
      k.freezer().takeOffList(m, task);
      m.unlock(task.piLock);
      int missing = missing(m, k, task);
      int frames = k.pool().takeAll(m, Kernel.NO_CPU, task, Integer.bitCount(missing));
      if (frames != 0) {
        mapAndThaw(m, k, task, missing, frames);
      }
    }
  };

  private final String title;

  FilledBeforeWoken(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void wakeupOfFrozen(Machine m, Kernel k, Task task) {
    Freezer freezer = k.freezer();
    if (freezer.rememberWakeup(m, task)) {
      freezer.queueForFilling(m, task);
    }
  }

  /** The allocation sleeps until there are enough, so no lock is held. */
  @Override
  public void fill(Machine m, Kernel k, Task task) {
    int missing = missing(m, k, task);
    int frames = allocate(m, k, task, Integer.bitCount(missing));
    if (frames != 0) {
      mapAndThaw(m, k, task, missing, frames);
    }
  }

  private static int allocate(Machine m, Kernel k, Task task, int count) {
    OomKill kill = k.design().surroundings().oomKill();
    if (kill != null) {
      int leaves = m.call(WordType.NUMBER, () -> kill.leaves(m, k, task));
      int frames = k.pool().takeAll(m, Kernel.NO_CPU, task, count, leaves);
      if (frames != 0) {
        return frames;
      }
      kill.outOfMemory(m, k);
    }
    return k.pool().waitForAll(m, task, count);
  }

  private static int missing(Machine m, Kernel k, Task task) {
    return m.call(
        WordType.NUMBER,
        () -> {
          m.lock(task.piLock);
          int pages = m.call(WordType.NUMBER, () -> MissingPages.NOT_PRESENT.of(m, k, task));
          m.unlock(task.piLock);
          return pages;
        });
  }

  private static void mapAndThaw(Machine m, Kernel k, Task task, int missing, int frames) {
    m.lock(task.piLock);
    m.call(() -> map(m, k, task, missing, frames));
    k.freezer().takeOffList(m, task);
    k.freezer().thaw(m, task);
    m.unlock(task.piLock);
  }

  private static void map(Machine m, Kernel k, Task task, int missing, int frames) {
    int left = frames;
    for (int page = 0; page < k.pages(); page++) {
      if ((missing & 1 << page) != 0) {
        int frame = m.chooseOne("frame", WordType.FRAMES, left);
        left &= ~(1 << frame);
        m.writeOnce(k.mmu().pte(task.number, page), Pte.of(frame, k.mmu().use().fresh()));
      }
    }
  }
}
