package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Objects;

/**
 * K: include/linux/llist.h: a CPU's list of frames that wait for a kernel thread to free them. No
 * lock is taken, so it may be added to with a raw spinlock held, on PREEMPT_RT too.
 */
public final class FreeList {
  private static final int DONE = 1;

  private FreeList() {}

  /** K: llist_add_batch(). */
  public static void add(Machine m, RunQueue rq, int frames) {
    Word list = list(rq);
    m.retry(WordType.BOOLEAN, () -> tryAdd(m, list, frames));
  }

  private static int tryAdd(Machine m, Word list, int frames) {
    int first = m.readOnce(list);
    return m.cmpxchg(list, first, first | frames) ? DONE : 0;
  }

  /** K: llist_del_all(). */
  public static int delAll(Machine m, RunQueue rq) {
    return m.xchg(list(rq), 0);
  }

  private static Word list(RunQueue rq) {
    return Objects.requireNonNull(rq.freeList, "the design has no lists of frames per CPU");
  }
}
