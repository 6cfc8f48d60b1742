package dev.kstack.model.kernel;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.WordType;

/**
 * As {@link EnoughFrames}, where threads are killed: who was not leaves what is kept for a victim;
 * and the filler waits no longer for frames for who is not the first on its list any more. The
 * result says whether there are enough.
 */
record EnoughOrOvertaken(EnoughFrames enough, OomReserve reserve) implements Instruction {
  @Override
  public WordType result() {
    return WordType.BOOLEAN;
  }

  @Override
  public int variants(Memory memory, int process, int task, int count, int c) {
    return canTake(memory, process, task, count) || isOvertaken(memory, task) ? 1 : 0;
  }

  @Override
  public int execute(Memory memory, int process, int variant, int task, int count, int c) {
    if (canTake(memory, process, task, count)) {
      enough.execute(memory, process, variant, task, count, c);
      return 1;
    }
    return isOvertaken(memory, task) ? 0 : BLOCKED;
  }

  private boolean canTake(Memory memory, int process, int task, int count) {
    int needed = count + reserve.leaves(memory, task);
    return enough.variants(memory, process, task, needed, 0) != 0;
  }

  private boolean isOvertaken(Memory memory, int task) {
    return memory.get(reserve.tasks().get(task - 1).toBeFilled()) != FillList.HEAD;
  }

  @Override
  public String show(int variant, int task, int count, int c) {
    return "%s, or another is killed".formatted(enough.show(variant, task, count, c));
  }
}
