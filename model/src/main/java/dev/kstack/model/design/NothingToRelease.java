package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.ModelError;

/** Where no page is ever reclaimed (H22). That it is so is checked: to come here is an error. */
record NothingToRelease() implements Release {
  @Override
  public String title() {
    return "there is never anything to release";
  }

  @Override
  public boolean acts() {
    return false;
  }

  @Override
  public void release(Machine m, Kernel k, Task task, int frames) {
    throw new ModelError("a page was reclaimed after all");
  }
}
