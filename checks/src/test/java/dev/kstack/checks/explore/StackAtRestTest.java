package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Memory;
import java.nio.LongBuffer;
import org.junit.jupiter.api.Test;

/** What a thread has of its stack between two activations, where that is the point of a design. */
class StackAtRestTest {
  /** "... so that a sleeping thread holds no stack." */
  @Test
  void inEntryASleepingThreadHoldsNoStack() {
    assertStacks("entry", 1, 0, Task.SLEEPING);
  }

  @Test
  void inUserEdgeAThreadInUserModeHasItsTopPageAlone() {
    assertStacks("user-edge", 2, 1, Task.RUNNING);
  }

  /** In every state at rest, a thread with that state whose stack is empty has so many pages. */
  private static void assertStacks(String name, int pages, int expected, int taskState) {
    Design design =
        Designs.ALL.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
    Subject subject = Subject.of(design, Hardware.MANUALS).at(2, 2, pages, 0);
    Kernel kernel = subject.program().kernel();
    AllStates all = new AllStates.Workshop(kernel).search(Reductions.ALL);
    Memory memory = new Memory(kernel.layout());
    int checked = 0;
    for (LongBuffer state : all.atRest()) {
      memory.bind(state.array());
      for (int task = 1; task <= 2; task++) {
        boolean empty = memory.get(kernel.mmu().sp(task)) == pages;
        if (empty && memory.get(kernel.task(task).state) == taskState) {
          assertEquals(expected, pages - kernel.mmu().holes(memory, task), state.toString());
          checked++;
        }
        assertTrue(
            !name.equals("entry") || empty || memory.get(kernel.task(task).onRq) == 1,
            "a thread sleeps in the kernel");
      }
    }
    assertTrue(checked > 10, "the situation comes up");
  }
}
