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
 * Preemptible RCU (K: kernel/rcu/tree_plugin.h, CONFIG_PREEMPT_RCU): a reader may be preempted, not
 * sleep; and a grace period waits for all who were reading when it began. To boost a reader (K:
 * rcu_boost()) is to let it run before others, which is no help to who cannot run at all.
 */
final class Rcu {
  private final List<Word> nesting = new ArrayList<>();
  private final List<Word> blockers = new ArrayList<>();
  private final Instruction unlock = new ReadUnlock();
  private final List<Instruction> begins = new ArrayList<>();

  /**
   * For these waiters, a grace period each.
   *
   * @param waiters their names
   */
  Rcu(Layout layout, List<Task> tasks, List<String> waiters) {
    for (Task task : tasks) {
      nesting.add(layout.wordOf(task.number, "rcu_read_lock_nesting", WordType.NUMBER, 1));
    }
    for (String waiter : waiters) {
      Word word =
          layout.word(
              "rcu.gp_tasks[" + waiter + "]", WordType.TASKS, layout.leastBits(WordType.TASKS));
      blockers.add(word);
      begins.add(new Begin(word));
    }
  }

  /** {@code current->rcu_read_lock_nesting}. */
  Word nesting(Task task) {
    return nesting.get(task.number - 1);
  }

  boolean isReader(Memory memory, Task task) {
    return memory.get(nesting(task)) != 0;
  }

  /** Does the grace period that the waiter waits for, if it does, wait for the task? */
  boolean isBlockedBy(Memory memory, int waiter, Task task) {
    return (memory.get(blockers.get(waiter)) & task.asSet()) != 0;
  }

  void readLock(Machine m, Task task) {
    m.when(nesting(task), 0);
    m.writeOnce(nesting(task), 1);
  }

  void readUnlock(Machine m, Task task) {
    m.execute(unlock, task.number, 0, 0);
  }

  /** K: synchronize_rcu(), by the waiter with that number. */
  void synchronize(Machine m, int waiter) {
    m.execute(begins.get(waiter), 0, 0, 0);
    m.waitUntil(blockers.get(waiter), 0);
  }

  private int readers(Memory memory) {
    int readers = 0;
    for (int i = 0; i < nesting.size(); i++) {
      readers |= memory.get(nesting.get(i)) << i;
    }
    return readers;
  }

  /** A grace period begins. */
  private final class Begin implements Instruction {
    private final Word blockers;

    Begin(Word blockers) {
      this.blockers = blockers;
    }

    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int a, int b, int c) {
      memory.set(process, blockers, readers(memory));
      return 0;
    }

    @Override
    public String show(int variant, int a, int b, int c) {
      return "synchronize_rcu(): a grace period begins";
    }
  }

  /** The last of them ends the grace period: rcu_read_unlock_special(). */
  private final class ReadUnlock implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      Word mine = nesting.get(task - 1);
      if (memory.get(mine) == 0) {
        return BLOCKED;
      }
      memory.set(process, mine, 0);
      for (Word word : blockers) {
        memory.set(process, word, memory.get(word) & ~(1 << task - 1));
      }
      return 0;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return "rcu_read_unlock()";
    }
  }
}
