package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;

/**
 * One sleeping lock that threads take and that who reclaims takes as well. A thread keeps it while
 * it is preempted, and while it sleeps. That a thread sleeps because the lock is taken is no step
 * of its own: it may sleep at any time.
 *
 * <p>K: kernel/locking/lockdep.c knows it as a lock that must not be held over an allocation:
 * {@code fs_reclaim} (mm/page_alloc.c). With a design whose {@code schedule()} needs frames, every
 * preemption and every sleep is one.
 */
final class ReclaimMutex {
  static final int FREE = 0;
  private static final int BY_A_THREAD = 1;
  private static final int BY_RECLAIM = 2;

  private final Word state;
  private final List<Word> held = new ArrayList<>();
  private final Instruction lock = new ByThread("mutex_lock", FREE);
  private final Instruction unlock = new ByThread("mutex_unlock", BY_A_THREAD);
  private final Instruction lockToReclaim = new ToReclaim("mutex_lock", false);
  private final Instruction trylockToReclaim = new ToReclaim("mutex_trylock", true);

  ReclaimMutex(Layout layout, List<Task> tasks) {
    state =
        layout
            .word("reclaim.mutex", WordType.NUMBER, 2)
            .called("free", "held by a thread", "held by who reclaims");
    for (Task task : tasks) {
      held.add(layout.wordOf(task.number, "lockdep_depth", WordType.NUMBER, 1));
    }
  }

  /** {@code current->lockdep_depth}: does it hold the lock? */
  Word heldBy(Task task) {
    return held.get(task.number - 1);
  }

  boolean isHeldBy(Memory memory, Task task) {
    return memory.get(heldBy(task)) != 0;
  }

  /** K: mutex_lock(), by a thread that finds it free. */
  void lock(Machine m, Task task) {
    m.execute(lock, task.number, 0, 0);
  }

  /** K: mutex_unlock(), by the thread that has it. */
  void unlock(Machine m, Task task) {
    m.execute(unlock, task.number, 0, 0);
  }

  /**
   * By who reclaims, who sleeps until it is free.
   *
   * @return is it taken now? Not if it was only tried
   */
  boolean lockToReclaim(Machine m, ReclaimLocking how) {
    if (how == ReclaimLocking.BLOCKING) {
      m.execute(lockToReclaim, 0, 0, 0);
      return true;
    }
    return m.execute(trylockToReclaim, 0, 0, 0) == 1;
  }

  void unlockByReclaim(Machine m) {
    m.storeRelease(state, FREE); // pairs with the acquire of who takes it next
  }

  private final class ByThread implements Instruction {
    private final String name;
    private final int from;

    ByThread(String name, int from) {
      this.name = name;
      this.from = from;
    }

    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      Word mine = held.get(task - 1);
      if (memory.get(state) != from || memory.get(mine) != from) {
        return BLOCKED;
      }
      memory.set(process, state, BY_A_THREAD - from);
      memory.set(process, mine, 1 - from);
      return 0;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return "%s(reclaim_mutex)".formatted(name);
    }
  }

  private final class ToReclaim implements Instruction {
    private final String name;
    private final boolean tries;

    ToReclaim(String name, boolean tries) {
      this.name = name;
      this.tries = tries;
    }

    @Override
    public WordType result() {
      return tries ? WordType.BOOLEAN : WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int a, int b, int c) {
      if (memory.get(state) != FREE) {
        return tries ? 0 : BLOCKED;
      }
      memory.set(process, state, BY_RECLAIM);
      return tries ? 1 : 0;
    }

    @Override
    public String show(int variant, int a, int b, int c) {
      return "%s(reclaim_mutex)".formatted(name);
    }
  }
}
