package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * K: include/linux/wait.h, wait_event_lock_irq(): sleeps until there are so many free frames, and
 * no flush of the stack is pending; then the pool's lock is held. The operands are the task and the
 * number of frames.
 */
record EnoughFrames(Lock lock, Word free, Word flushing) implements Instruction {
  @Override
  public WordType result() {
    return WordType.NONE;
  }

  @Override
  public int variants(Memory memory, int process, int task, int count, int c) {
    boolean flushed = (memory.get(flushing) & 1 << task - 1) == 0;
    boolean enough = Integer.bitCount(memory.get(free)) >= count;
    return flushed && enough && memory.get(lock.holder()) == 0 ? 1 : 0;
  }

  @Override
  public int execute(Memory memory, int process, int variant, int task, int count, int c) {
    if (variants(memory, process, task, count, c) == 0) {
      return BLOCKED;
    }
    memory.set(process, lock.holder(), process + 1);
    return 0;
  }

  @Override
  public String show(int variant, int task, int count, int c) {
    return "wait_event_lock_irq(%d frames free, %s)".formatted(count, lock);
  }
}
