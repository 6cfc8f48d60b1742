package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Machine;
import java.util.List;

/**
 * K: kernel/freezer.c, kernel/sched/core.c, for threads of whose stacks pages were taken while they
 * slept and held nothing. A frozen thread is in a state that ordinary wakeups do not match; one
 * that comes is remembered in {@code saved_state}, as in ttwu_state_match(), and the thread goes
 * onto the list of a filler, a kthread whose own stack is never taken from.
 */
public final class Freezer {
  private final Wakeup wakeup;
  private final int fillers;
  private final Instruction addTail;
  private final Instruction move;
  private final Instruction del;

  Freezer(Wakeup wakeup, List<Task> tasks, int fillers) {
    this.wakeup = wakeup;
    this.fillers = fillers;
    addTail = FillList.ADD_TAIL.on(tasks);
    move = FillList.MOVE.on(tasks);
    del = FillList.DEL.on(tasks);
  }

  /**
   * K: __set_task_frozen(), with pi_lock held, of who sleeps freezably and is on no queue or CPU.
   */
  public void setFrozen(Machine m, Task task) {
    m.writeOnce(task.savedState(), Task.SLEEPS_ON);
    m.writeOnce(task.state, Task.FROZEN);
  }

  /** K: ttwu_state_match(): the wakeup is remembered, and matches no more. With pi_lock held. */
  public boolean rememberWakeup(Machine m, Task task) {
    boolean first = m.readOnce(task.savedState()) == Task.SLEEPS_ON;
    m.writeOnce(task.savedState(), Task.WAS_WOKEN);
    return first;
  }

  /** K: queue_work(): a filler, that of any CPU, is to fill it. With pi_lock held. */
  public void queueForFilling(Machine m, Task task) {
    if (fillers > 1) {
      m.writeOnce(task.filler(), m.choose("filler", 0, fillers - 1));
    }
    m.execute(addTail, task.number, 0, 0);
  }

  /** It is the next that the filler fills, on its list already or not. With pi_lock held. */
  public void moveToHead(Machine m, Task task) {
    m.execute(move, task.number, 0, 0);
  }

  /** Is it frozen, and to be filled? With pi_lock held. */
  public boolean waitsForFiller(Machine m, Task task) {
    return m.readOnce(task.state) == Task.FROZEN && m.readOnce(task.savedState()) == Task.WAS_WOKEN;
  }

  /** The filler has it no longer on its list. With pi_lock held. */
  public void takeOffList(Machine m, Task task) {
    m.execute(del, task.number, 0, 0);
  }

  /** K: __thaw_task(), wake_up_state(p, TASK_FROZEN): it is woken for good. With pi_lock held. */
  public void thaw(Machine m, Task task) {
    m.writeOnce(task.savedState(), Task.SLEEPS_ON);
    m.writeOnce(task.state, Task.FREEZABLE);
    m.call(() -> wakeup.wakeOffQueue(m, Kernel.NO_CPU, task));
  }
}
