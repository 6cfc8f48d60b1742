package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.StackFault;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Objects;

/** Tatashin 2024, dynamic_stack_fault(): per-CPU pages, so that the handler needs no lock. */
record FromCpuReserve() implements StackFault {
  @Override
  public String title() {
    return "a fault on the stack is served from the CPU's reserve of frames";
  }

  @Override
  public void serve(Machine m, Kernel k, int cpu, Task task, int page) {
    Word stackPages = Objects.requireNonNull(k.rq(cpu).stackPages);
    int reserve = m.read(stackPages);
    if (reserve == 0) {
      k.mmu().doubleFault(m, task.number, page);
      return;
    }
    int frame = m.chooseOne("frame", WordType.FRAMES, reserve);
    m.write(stackPages, reserve & ~(1 << frame));
    m.writeOnce(k.mmu().pte(task.number, page), Pte.of(frame, k.mmu().use().fresh()));
  }
}
