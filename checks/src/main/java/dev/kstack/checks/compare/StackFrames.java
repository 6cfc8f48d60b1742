package dev.kstack.checks.compare;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.spec.StackView;

/**
 * Who has the frames of a machine.
 *
 * @param kernel the machine
 */
record StackFrames(Kernel kernel) {
  /**
   * Frames that nobody else can have because of stacks: mapped in one, in a CPU's reserve for
   * faults, on their way, or waiting for a flush of TLBs.
   */
  int held(Memory memory) {
    StackView view = kernel.view(memory);
    int notHeld = view.free() | view.others();
    for (int cpu = 0; cpu < kernel.cpus(); cpu++) {
      Word reserve = kernel.rq(cpu).stackPages;
      notHeld &= reserve == null ? ~0 : ~memory.get(reserve);
    }
    return kernel.sizes().frames() - Integer.bitCount(notHeld);
  }

  /** Frames that are mapped in stacks. */
  int mapped(Memory memory) {
    int mapped = 0;
    for (int thread = 1; thread <= kernel.sizes().threads(); thread++) {
      mapped += kernel.pages() - kernel.mmu().holes(memory, thread);
    }
    return mapped;
  }

  /** Do all threads sleep, with no CPU still on the way from one of them? */
  boolean allAsleep(Memory memory) {
    for (int thread = 1; thread <= kernel.sizes().threads(); thread++) {
      if (!kernel.task(thread).sleeps(memory)) {
        return false;
      }
    }
    return true;
  }
}
