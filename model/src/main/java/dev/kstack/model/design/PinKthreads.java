package dev.kstack.model.design;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import java.util.List;

/** Whoever gives memory back must not need memory to run: PF_MEMALLOC, for stacks. */
record PinKthreads(SwitchHook others) implements SwitchHook {
  @Override
  public String title() {
    return "kswapd keeps its whole stack";
  }

  @Override
  public List<Decision> parts() {
    return List.of(others);
  }

  @Override
  public boolean keepsKswapd() {
    return true;
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    if (!k.isKswapd(m, prev)) {
      others.beforeFinishTask(m, k, cpu, prev);
    }
  }
}
