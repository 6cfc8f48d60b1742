package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.List;

/**
 * K: kernel/fork.c: where the stacks of dead threads are. A stack is named by the thread that has
 * it, had it, or will have it. The kernel keeps these lists per CPU and without locks; who takes a
 * stack from one takes it alone, which a lock says as well.
 */
public final class ThreadStacks {
  private final Kernel k;
  private final ForkAndExit decision;
  private final Instruction incNotZero;
  private final Instruction decAndTest;
  private final Lock lock;

  /** {@code cached_stacks}: with the pages that they had. */
  private final Word cached;

  /** Queued for vfree(), after a grace period of RCU. */
  private final Word queued;

  /** Address ranges without pages, which vmalloc() hands out. */
  private final Word vmalloc;

  ThreadStacks(Layout layout, Kernel k, List<Task> tasks, ForkAndExit decision, int place) {
    this.k = k;
    this.decision = decision;
    incNotZero = Refcount.INC_NOT_ZERO.on(tasks);
    decAndTest = Refcount.DEC_AND_TEST.on(tasks);
    int bits = layout.leastBits(WordType.TASKS);
    lock =
        layout
            .lock("stacks.lock")
            .at(place)
            .protecting(
                "who takes a stack from a list takes it alone. K: kernel/fork.c,"
                    + " alloc_thread_stack_node(): this_cpu_xchg(cached_stacks[i], NULL)");
    cached = layout.guarded(lock, "stacks.cached", WordType.TASKS, bits);
    queued = layout.guarded(lock, "stacks.queued", WordType.TASKS, bits);
    vmalloc = layout.guarded(lock, "stacks.vmalloc", WordType.TASKS, bits);
  }

  Lock lock() {
    return lock;
  }

  /** K: include/linux/sched/task_stack.h, try_get_task_stack(). */
  public boolean tryGetTaskStack(Machine m, Task task) {
    return m.execute(incNotZero, task.number, 0, 0) == 1;
  }

  /** K: put_task_stack(): the last user gives the stack to the cache, or to vfree(). */
  public void putTaskStack(Machine m, Task task) {
    if (m.execute(decAndTest, task.number, 0, 0) == 1) {
      m.call(() -> freeThreadStack(m, task));
    }
  }

  /**
   * K: free_thread_stack(). Whether {@code cached_stacks} has room depends on stacks that are not
   * modelled, so the environment decides.
   */
  private void freeThreadStack(Machine m, Task stack) {
    if (m.choose("cached_stacks has room", 0, 1) == 1) {
      add(m, cached, stack);
    } else {
      m.call(() -> decision.queueForVfree(m, k, stack));
      add(m, queued, stack);
    }
  }

  private void add(Machine m, Word list, Task stack) {
    m.lock(lock);
    m.write(list, m.read(list) | stack.asSet());
    m.unlock(lock);
  }

  /** Takes one of the stacks on a list; 0 if there is none. */
  private int takeFrom(Machine m, Word list) {
    return m.call(
        WordType.TASK,
        () -> {
          m.lock(lock);
          int stacks = m.read(list);
          int taken = 0;
          if (stacks != 0) {
            taken = m.chooseOne("stack", WordType.TASKS, stacks);
            m.write(list, stacks & ~k.task(taken).asSet());
          }
          m.unlock(lock);
          return taken;
        });
  }

  /** K: copy_process(), and wake_up_new_task() up to the point where it is an ordinary wakeup. */
  void fork(Machine m) {
    Word list = m.choose("cached_stacks has one", 0, 1) == 1 ? cached : vmalloc;
    int number = takeFrom(m, list);
    if (number == 0) {
      return;
    }
    Task child = k.task(number);
    if (m.call(WordType.BOOLEAN, () -> decision.fill(m, k, child) ? 1 : 0) == 0) {
      add(m, list, child); // -ENOMEM
      return;
    }
    k.mmu().write(m, number, k.pages() - 1); // copy_thread(): the first frame
    m.writeOnce(child.incarnation(), 1 - m.readOnce(child.incarnation()));
    m.writeOnce(child.stackRefcount(), 1); // dup_task_struct(): the thread's own
    m.lock(child.piLock); // wake_up_new_task()
    m.writeOnce(child.state, Task.SLEEPING); // TASK_NEW: as asleep, and off every run queue
    m.unlock(child.piLock);
  }

  /** K: thread_stack_free_rcu(), vfree(); the address range is used again after a flush only. */
  void vfree(Machine m) {
    int number = takeFrom(m, queued);
    if (number == 0) {
      return;
    }
    Task stack = k.task(number);
    k.holding().beforeVfree(m);
    int frames = m.call(WordType.FRAMES, () -> unmap(m, stack));
    k.flushIpi().flushTlbKernelRange(m, number);
    k.pool().put(m, stack, frames);
    add(m, vmalloc, stack);
  }

  private int unmap(Machine m, Task stack) {
    int frames = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word pte = k.mmu().pte(stack.number, page);
      int frame = m.call(WordType.FRAME, () -> Pte.frame(m.xchg(pte, 0)));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }
}
