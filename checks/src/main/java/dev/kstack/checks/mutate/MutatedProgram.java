package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.refine.RefiningProgram;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Observer;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kernel that does some operations otherwise, held against the same properties as without. */
final class MutatedProgram implements Program {
  private final RefiningProgram program;
  private final ImmutableList<Process> processes;
  private final Set<Rewrite> applied = new HashSet<>();

  MutatedProgram(Kernel kernel, ImmutableList<Rewrite> rewrites) {
    program = new RefiningProgram(kernel);
    processes =
        program.processes().stream()
            .map(process -> new MutatedProcess(process, kernel, rewrites, applied))
            .collect(ImmutableList.toImmutableList());
  }

  /** The rewrites that have changed some operation of a search. */
  Set<Rewrite> applied() {
    return applied;
  }

  @Override
  public Layout layout() {
    return program.layout();
  }

  @Override
  public List<Process> processes() {
    return processes;
  }

  @Override
  public void init(Memory memory) {
    program.init(memory);
  }

  @Override
  public void check(Memory memory) {
    program.check(memory);
  }

  @Override
  public void forget(Memory memory, int resting) {
    program.forget(memory, resting);
  }

  @Override
  public Observer observer(Memory memory) {
    return program.observer(memory);
  }

  @Override
  public @Nullable TaskProgress progress() {
    return program.progress();
  }

  @Override
  public @Nullable Property deadlock() {
    return program.deadlock();
  }
}
