package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import java.util.Set;

/** A process of a kernel, some of whose operations are changed. */
record MutatedProcess(
    Process process, Kernel kernel, ImmutableList<Rewrite> rewrites, Set<Rewrite> applied)
    implements Process {
  @Override
  public String name() {
    return process.name();
  }

  @Override
  public int run(Machine m, int local) {
    return process.run(new MutatingMachine(m, kernel, rewrites, applied), local);
  }

  @Override
  public boolean counts() {
    return process.counts();
  }

  @Override
  public String actingFor(Memory memory) {
    return process.actingFor(memory);
  }

  @Override
  public void rested(Memory memory) {
    process.rested(memory);
  }
}
