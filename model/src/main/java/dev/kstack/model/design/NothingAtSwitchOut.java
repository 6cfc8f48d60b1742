package dev.kstack.model.design;

import dev.kstack.model.kernel.SwitchHook;

/** {@code finish_task_switch()} leaves the stack of prev alone. */
record NothingAtSwitchOut() implements SwitchHook {
  @Override
  public String title() {
    return "nothing happens at switch-out";
  }

  @Override
  public boolean acts() {
    return false;
  }
}
