package dev.kstack.checks.mutate;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.List;
import java.util.Locale;

/** Mistakes in where and how prev's pages are reclaimed. */
record WrongHook(Mistake mistake, ReclaimTest test) implements SwitchHook {
  enum Mistake {
    /** None here, but in the test. */
    NONE,
    /** The rq lock is released for the time of the hook, and taken again. */
    RQ_LOCK_DROPPED,
    /** {@code on_cpu} is released before the hook; to be used without the release behind it. */
    ON_CPU_RELEASED_FIRST,
    /** The frames are free before their PTEs are cleared. */
    FREED_FIRST
  }

  @Override
  public String title() {
    return mistake.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; " + test.title();
  }

  @Override
  public List<Decision> parts() {
    return List.of(test);
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    switch (mistake) {
      case NONE -> reclaim(m, k, prev);
      case RQ_LOCK_DROPPED -> {
        m.unlock(k.rq(cpu).lock);
        reclaim(m, k, prev);
        m.lock(k.rq(cpu).lock);
      }
      case ON_CPU_RELEASED_FIRST -> {
        m.storeRelease(prev.onCpu, 0);
        reclaim(m, k, prev);
      }
      case FREED_FIRST -> {
        int frames = m.call(WordType.FRAMES, () -> neverAccessed(m, k, prev));
        if (frames != 0) {
          k.pool().put(m, prev, frames);
        }
        m.call(WordType.FRAMES, () -> test.unmapNeverAccessed(m, k, prev));
      }
    }
  }

  private void reclaim(Machine m, Kernel k, Task prev) {
    int frames = m.call(WordType.FRAMES, () -> test.unmapNeverAccessed(m, k, prev));
    if (frames != 0) {
      k.pool().put(m, prev, frames);
    }
  }

  private static int neverAccessed(Machine m, Kernel k, Task prev) {
    int frames = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word word = k.mmu().pte(prev.number, page);
      int pte = m.readOnce(word);
      frames |= Pte.present(pte) && !Pte.accessed(pte) ? 1 << Pte.frame(pte) : 0;
    }
    return frames;
  }
}
