package dev.kstack.model.live;

import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * One run of a program on threads that somebody else makes and lets go on, in an order of their
 * own. For a checker of Java programs that tries orders, and does not compare states: see {@link
 * WaitingGate}.
 */
public final class LiveThreads {
  /** What the message of an error begins with when a property is violated. */
  public static final String VIOLATED = Findings.VIOLATED;

  private final Program program;
  private final LiveMachine[] machines;
  private final WaitingGate gate;

  /**
   * The initial state.
   *
   * @param choosers the environment of each process, by its number
   * @param taking the processes that take part, a bit each; the others do nothing
   * @param mostOperations the run ends after so many
   * @param listener hears of every step
   * @param until the properties that end the run
   */
  public LiveThreads(
      Program program,
      IntFunction<Chooser> choosers,
      int taking,
      int mostOperations,
      StepListener listener,
      Set<Property> until) {
    this.program = program;
    LiveMemory memory = new LiveSystem(program).memory();
    long claims = LiveRun.claims(program, until);
    machines = new LiveMachine[program.processes().size()];
    gate =
        new WaitingGate(
            program,
            memory,
            new Findings(program, claims, claims),
            machines,
            listener,
            taking,
            mostOperations);
    for (int p = 0; p < machines.length; p++) {
      machines[p] = new LiveMachine(p, memory, choosers.apply(p), gate, memory);
    }
  }

  /**
   * A process, on the thread of the caller, until the run is over.
   *
   * @throws AssertionError if it comes upon a violation: {@code kstack-violated} and the property
   */
  public void run(int process) {
    process(process).run();
  }

  private LiveProcess process(int process) {
    return new LiveProcess(
        process, program.processes().get(process), machines[process], gate, LiveProcess.ENDLESS);
  }
}
