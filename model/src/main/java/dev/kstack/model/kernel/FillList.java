package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.WordType;
import java.util.List;

/**
 * K: kernel/workqueue.c, insert_work(): the filler's list, first come, first served. Each task has
 * its place on it, from 1; 0 where it is not on it. A change is one operation, as under the list's
 * own lock.
 */
enum FillList {
  ADD_TAIL("list_add_tail") {
    @Override
    void change(Memory memory, int process, List<Task> tasks, Task task) {
      int last = 0;
      for (Task other : tasks) {
        last = Math.max(last, placeBeside(memory, other, task));
      }
      if (memory.get(task.toBeFilled()) == 0) {
        memory.set(process, task.toBeFilled(), last + 1);
      }
    }
  },

  /** Of who goes before all others, on the list already or not. */
  MOVE("list_move") {
    @Override
    void change(Memory memory, int process, List<Task> tasks, Task task) {
      int place = memory.get(task.toBeFilled());
      for (Task other : tasks) {
        int its = placeBeside(memory, other, task);
        if (its != 0 && (place == 0 || its < place)) {
          memory.set(process, other.toBeFilled(), its + 1);
        }
      }
      memory.set(process, task.toBeFilled(), HEAD);
    }
  },

  DEL("list_del_init") {
    @Override
    void change(Memory memory, int process, List<Task> tasks, Task task) {
      int place = memory.get(task.toBeFilled());
      for (Task other : tasks) {
        int its = placeBeside(memory, other, task);
        if (place != 0 && its > place) {
          memory.set(process, other.toBeFilled(), its - 1);
        }
      }
      memory.set(process, task.toBeFilled(), 0);
      task.forgetFiller(memory, process);
    }
  };

  /** The place of who is filled next. */
  static final int HEAD = 1;

  private final String call;

  FillList(String call) {
    this.call = call;
  }

  abstract void change(Memory memory, int process, List<Task> tasks, Task task);

  /** Where the other one is on the list of the task; 0 if it is on none, or on another filler's. */
  private static int placeBeside(Memory memory, Task other, Task task) {
    return other.isFilledWith(memory, task) ? memory.get(other.toBeFilled()) : 0;
  }

  /** On the task whose number is the operand. */
  Instruction on(List<Task> tasks) {
    return new OnTasks(this, tasks);
  }

  private record OnTasks(FillList what, List<Task> tasks) implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      what.change(memory, process, tasks, tasks.get(task - 1));
      return 0;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return "%s(%s, to be filled)".formatted(what.call, Layout.taskName(task));
    }
  }
}
