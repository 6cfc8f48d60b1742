package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import java.util.Objects;

/** A CPU that has nothing to run needs no reserve, and others may wait for it. */
record GiveBackWhenIdle() implements SwitchHook {
  @Override
  public String title() {
    return "a CPU that goes idle gives its reserve back";
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    Word stackPages = Objects.requireNonNull(k.rq(cpu).stackPages);
    int reserve = m.read(stackPages);
    if (reserve != 0 && k.idles(m, cpu)) {
      m.write(stackPages, 0);
      k.pool().put(m, prev, reserve);
    }
  }
}
