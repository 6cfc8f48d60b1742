package dev.kstack.model.kernel;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import java.util.List;

/**
 * What is kept for who is killed.
 *
 * @param victim who is; 0 for nobody
 * @param frames how many
 * @param tasks all, by number
 */
record OomReserve(Word victim, int frames, List<Task> tasks) {
  int leaves(Memory memory, int task) {
    return memory.get(victim) == task ? 0 : frames;
  }
}
