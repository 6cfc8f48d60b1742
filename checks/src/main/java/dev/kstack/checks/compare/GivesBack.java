package dev.kstack.checks.compare;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;

/**
 * Can the stacks always go back to so many frames? That is AG EF, as {@code schedulable} is: so it
 * is asked in its place, with "they hold no more than that" for "the thread runs".
 *
 * @param kernel the machine
 * @param frames how many
 */
record GivesBack(Kernel kernel, int frames) implements Program {
  @Override
  public void check(Memory memory) {}

  @Override
  public TaskProgress progress() {
    int all = (1 << kernel.sizes().threads()) - 1;
    StackFrames stacks = new StackFrames(kernel);
    return new TaskProgress() {
      @Override
      public Property schedulable() {
        return StackProperties.SCHEDULABLE;
      }

      @Override
      public Property runsEventually() {
        return StackProperties.RUNS_EVENTUALLY;
      }

      @Override
      public int live(Memory memory) {
        return all;
      }

      @Override
      public int wanting(Memory memory) {
        return 0;
      }

      @Override
      public int running(Memory memory) {
        return stacks.held(memory) <= frames ? all : 0;
      }

      @Override
      public ImmutableList<String> whyNotRunning(Memory memory, int task) {
        return ImmutableList.of();
      }
    };
  }

  @Override
  public Layout layout() {
    return kernel.layout();
  }

  @Override
  public List<Process> processes() {
    return kernel.processes();
  }

  @Override
  public void init(Memory memory) {
    kernel.init(memory);
  }

  @Override
  public void forget(Memory memory, int resting) {
    kernel.forget(memory, resting);
  }

  @Override
  public Property deadlock() {
    return kernel.deadlock();
  }
}
