package dev.kstack.checks.lincheck;

import dev.kstack.model.live.LiveThreads;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * A machine as Lincheck sees it: one operation a thread, which is a process from the beginning of
 * the run to its end. Lincheck makes a new one for each order that it tries.
 */
public final class MachineOnThreads {
  private final LiveThreads threads;

  /** Lincheck calls this. */
  public MachineOnThreads() {
    threads = LincheckSearch.machine();
  }

  /**
   * A process.
   *
   * @param thread from 1
   */
  @Operation
  public void run(@Param(gen = ThreadIdGen.class) int thread) {
    threads.run(LincheckSearch.process(thread - 1));
  }
}
