package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;

/**
 * K: mm/vmscan.c, shrink_inactive_list(): a thread that needs memory takes pages off a list, unmaps
 * them, and gives them back later, with interrupts on. In between they are in its hand: no list has
 * them, and nobody else can give them back. It may be preempted there, and sleep. One thread at a
 * time does so here.
 */
final class DirectReclaim {
  private final FramePool pool;
  private final Word isolated;
  private final List<Word> memalloc = new ArrayList<>();

  DirectReclaim(Layout layout, FramePool pool, FrameLedger ledger, List<Task> tasks) {
    this.pool = pool;
    isolated =
        layout.guarded(
            pool.lock(), "reclaim.isolated", WordType.FRAMES, layout.leastBits(WordType.FRAMES));
    isolated.asObserved().watchedBy(ledger::setChanged);
    for (Task task : tasks) {
      memalloc.add(layout.wordOf(task.number, "PF_MEMALLOC", WordType.BOOLEAN, 1));
    }
  }

  /** {@code current->flags & PF_MEMALLOC}: it has begun, and has frames in its hand. */
  Word memalloc(Task task) {
    return memalloc.get(task.number - 1);
  }

  boolean isReclaiming(Memory memory, Task task) {
    return memory.get(memalloc(task)) != 0;
  }

  /** The frames in its hand, as a set. */
  int isolated(Memory memory) {
    return memory.get(isolated);
  }

  /** K: isolate_lru_folios(): what another user has, if nobody else is about it. */
  void isolate(Machine m, Task task) {
    m.lock(pool.lock());
    int frames = m.read(pool.others());
    if (frames != 0 && m.read(isolated) == 0) {
      m.write(pool.others(), 0);
      m.write(isolated, frames);
      m.writeOnce(memalloc(task), 1);
    }
    m.unlock(pool.lock());
  }

  /** K: free_unref_page_list(), for who has what was another user's. */
  void free(Machine m, Task task) {
    m.when(memalloc(task), 1);
    m.call(
        () -> {
          m.lock(pool.lock());
          int frames = m.read(isolated);
          m.write(isolated, 0);
          pool.free(m, frames);
        });
    m.writeOnce(memalloc(task), 0);
  }
}
