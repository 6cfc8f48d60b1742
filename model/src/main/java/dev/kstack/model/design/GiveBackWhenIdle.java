package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import java.util.Objects;

/**
 * A CPU that has nothing to run needs no reserve, and others may wait for it.
 *
 * @param triesAgain who was parked because of prev's push needs a frame less now that prev is gone:
 *     is it tried again? If not, the frames that it needs may lie there, and nobody tells the CPU
 *     (H15)
 */
record GiveBackWhenIdle(boolean triesAgain) implements SwitchHook {
  @Override
  public String title() {
    return "a CPU that goes idle gives its reserve back"
        + (triesAgain ? ", and tries its parked threads again" : "");
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    Word stackPages = Objects.requireNonNull(k.rq(cpu).stackPages);
    int reserve = m.read(stackPages);
    if (!k.idles(m, cpu)) {
      return;
    }
    if (reserve != 0) {
      m.write(stackPages, 0);
      k.pool().put(m, prev, reserve);
    }
    if (triesAgain) {
      k.tryParkedAgain(m, cpu);
    }
  }
}
