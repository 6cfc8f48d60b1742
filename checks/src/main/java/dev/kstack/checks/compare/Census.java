package dev.kstack.checks.compare;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.List;

/** A kernel of which every reachable state is counted, when the search admits it. */
final class Census implements Program {
  private final Kernel kernel;
  private final StackFrames frames;
  private int mostHeld;
  private int leastAsleep = Integer.MAX_VALUE;
  private int mostAsleep;

  Census(Kernel kernel) {
    this.kernel = kernel;
    frames = new StackFrames(kernel);
  }

  /** The most frames that stacks keep from everybody else in any state. */
  int mostHeld() {
    return mostHeld;
  }

  /** The fewest frames mapped in stacks in any state in which all threads sleep. */
  int leastAsleep() {
    return leastAsleep;
  }

  /** The most frames mapped in stacks in any state in which all threads sleep. */
  int mostAsleep() {
    return mostAsleep;
  }

  @Override
  public void check(Memory memory) {
    mostHeld = Math.max(mostHeld, frames.held(memory));
    if (frames.allAsleep(memory)) {
      int mapped = frames.mapped(memory);
      leastAsleep = Math.min(leastAsleep, mapped);
      mostAsleep = Math.max(mostAsleep, mapped);
    }
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
