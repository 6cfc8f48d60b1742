package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * K: kernel/smp.c, call_single_queue, as far as it is the wake list of a CPU: a list without locks
 * that anybody adds to (lib/llist.c, llist_add()), and that its CPU takes as a whole
 * (llist_del_all()) when the interrupt comes. In which order threads are on it makes no difference.
 */
final class WakeList {
  private final Word tasks;
  private final Instruction add = new Add();
  private final Instruction delAll = new DelAll();

  WakeList(Layout layout, int cpu) {
    tasks =
        layout.word("rq[C" + cpu + "].wake_list", WordType.TASKS, layout.leastBits(WordType.TASKS));
  }

  /** K: llist_add(), and the interrupt that is sent if the list was empty. */
  void add(Machine m, Task task) {
    m.execute(add, task.number, 0, 0);
  }

  /** K: llist_del_all(); possible only if there is somebody. Returns the set. */
  int delAll(Machine m) {
    return m.execute(delAll, 0, 0, 0);
  }

  private final class Add implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      memory.set(process, tasks, memory.get(tasks) | 1 << task - 1);
      return 0;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return "llist_add(%s, %s)".formatted(Layout.taskName(task), tasks);
    }
  }

  private final class DelAll implements Instruction {
    @Override
    public WordType result() {
      return WordType.TASKS;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int a, int b, int c) {
      int all = memory.get(tasks);
      if (all == 0) {
        return BLOCKED;
      }
      memory.set(process, tasks, 0);
      return all;
    }

    @Override
    public String show(int variant, int a, int b, int c) {
      return "llist_del_all(%s)".formatted(tasks);
    }
  }
}
