package dev.kstack.model.design;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import org.jspecify.annotations.Nullable;

/**
 * From some threads no page is taken. Who is off CPU begins to hold nothing, so one look suffices.
 *
 * @param whom those who are spared
 * @param test how pages are taken from the others
 */
record Sparing(ImmutableSet<Whom> whom, ReclaimTest test) implements ReclaimTest {
  /** A reason to be spared. */
  enum Whom {
    /**
     * It holds a lock that reclaim takes: a scope as K: include/linux/sched/mm.h,
     * memalloc_noreclaim_save(), from before such a lock is taken until after it is released.
     */
    HOLDERS("who holds a lock that reclaim takes"),
    /** It is inside a read-side section: K: kernel/rcu/tree_plugin.h, rcu_note_context_switch(). */
    READERS("who is in an RCU read-side section"),
    /** It has frames in its hand: PF_MEMALLOC. */
    RECLAIMERS("who has frames in its hand");

    private final String title;

    Whom(String title) {
      this.title = title;
    }
  }

  Sparing(ReclaimTest test, Whom... whom) {
    this(ImmutableSet.copyOf(whom), test);
  }

  @Override
  public String title() {
    return whom.stream()
            .map(reason -> reason.title)
            .collect(joining(", ", "nothing is taken from ", "; "))
        + test.title();
  }

  /** It looks at what threads hold, where they hold anything. */
  @Override
  public boolean acts() {
    return false;
  }

  @Override
  public int tryUnmap(Machine m, Word pte) {
    return test.tryUnmap(m, pte);
  }

  @Override
  public int unmapNeverAccessed(Machine m, Kernel k, Task task) {
    return spares(m, k, task) ? 0 : test.unmapNeverAccessed(m, k, task);
  }

  private boolean spares(Machine m, Kernel k, Task task) {
    for (Whom reason : whom) {
      Word word =
          switch (reason) {
            case HOLDERS -> k.holding().lockHeldBy(task);
            case READERS -> k.holding().readBy(task);
            case RECLAIMERS -> k.holding().reclaimedBy(task);
          };
      if (isSet(m, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSet(Machine m, @Nullable Word word) {
    return word != null && m.readOnce(word) != 0;
  }
}
