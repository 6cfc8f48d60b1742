package dev.kstack.checks.refine;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Observer;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Invariant;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import dev.kstack.spec.WorstCase;
import java.util.List;

/**
 * A kernel, every operation of which is held against the specification: it must be one action that
 * the specification allows, or none.
 */
public record RefiningProgram(Kernel kernel) implements Program {
  @Override
  public Layout layout() {
    return kernel.layout();
  }

  @Override
  public List<Process> processes() {
    return kernel.processes();
  }

  @Override
  public Observer observer(Memory memory) {
    long claim = layout().claim(StackProperties.REFINES_SPEC);
    WorstCase worstCase = kernel.design().thaw() == null ? WorstCase.PARKED : WorstCase.FROZEN;
    return new Refinement(new Abstraction(kernel, memory), worstCase, claim);
  }

  /**
   * As the kernel does.
   *
   * @throws ModelError if what the kernel begins with is no state of the specification
   */
  @Override
  public void init(Memory memory) {
    kernel.init(memory);
    for (Invariant invariant : Invariant.values()) {
      if (!invariant.holdsIn(new Abstraction(kernel, memory).system())) {
        throw new ModelError(
            "the initial state is none of the specification: %s".formatted(invariant.label()));
      }
    }
  }

  @Override
  public void check(Memory memory) {
    kernel.check(memory);
  }

  @Override
  public void forget(Memory memory, int resting) {
    kernel.forget(memory, resting);
  }

  @Override
  public TaskProgress progress() {
    return kernel.progress();
  }

  @Override
  public Property deadlock() {
    return kernel.deadlock();
  }
}
