package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.List;

/**
 * K: lib/refcount.c, on the {@code stack_refcount} of a task, the first operand. Each is a loop
 * around a cmpxchg there; the rounds that fail have no effect, so the one that succeeds is all. A
 * count that falls below 0 stays what it is from then on, and the stack is never freed again.
 */
enum Refcount {
  INC_NOT_ZERO("refcount_inc_not_zero"),
  DEC_AND_TEST("refcount_dec_and_test");

  /** REFCOUNT_SATURATED, which is as good as any value that no count of users reaches. */
  private static final int SATURATED = 7;

  private final String call;

  Refcount(String call) {
    this.call = call;
  }

  /** What returns whether the count was not 0 before, or whether it is 0 now. */
  Instruction on(List<Task> tasks) {
    return new OnTasks(this, tasks);
  }

  private record OnTasks(Refcount what, List<Task> tasks) implements Instruction {
    @Override
    public WordType result() {
      return WordType.BOOLEAN;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      Word count = tasks.get(task - 1).stackRefcount();
      int users = memory.get(count);
      if (users == SATURATED) {
        return what == INC_NOT_ZERO ? 1 : 0; // for ever
      }
      if (what == INC_NOT_ZERO) {
        memory.set(process, count, users == 0 ? 0 : users + 1);
        return users == 0 ? 0 : 1;
      }
      if (users == 0) {
        memory.breakRule(
            "%s: \"refcount_t: underflow; use-after-free.\" K: lib/refcount.c,".formatted(count)
                + " refcount_warn_saturate(), REFCOUNT_SUB_UAF");
        memory.set(process, count, SATURATED);
        return 0;
      }
      memory.set(process, count, users - 1);
      return users == 1 ? 1 : 0;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return "%s(%s)".formatted(what.call, tasks.get(task - 1).stackRefcount());
    }
  }
}
