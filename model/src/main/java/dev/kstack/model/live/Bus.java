package dev.kstack.model.live;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Program;
import org.jspecify.annotations.Nullable;

/**
 * The way from the code of processes to what operations do to words. Plain Java; but a checker of
 * Java programs may do what these methods do in its own machine, with {@link FlatSystem} too, and
 * the code of processes is then all that it executes step by step: {@code checks/jpf/peers}.
 */
final class Bus {
  /** What the message of an error begins with when a property is violated. */
  static final String VIOLATED = Findings.VIOLATED;

  /** The words, and what else is a state: see {@link FlatSystem}. */
  private final int[] state;

  /** The claims of which the first that is raised ends the run. */
  private final long until;

  /** Null where all of it is done elsewhere. */
  private final @Nullable FlatSystem system;

  Bus(Program program, long until) {
    this.until = until;
    state = new int[FlatSystem.length(program)];
    if (isElsewhere(program)) {
      system = null;
    } else {
      system = new FlatSystem(program, until);
      system.bind(state);
    }
    init();
  }

  private FlatSystem system() {
    FlatSystem here = system;
    if (here == null) {
      throw new IllegalStateException("who said that it is done elsewhere does not do it");
    }
    return here;
  }

  /** Is there somebody who does all this for the program? */
  private boolean isElsewhere(Program program) {
    return program == null;
  }

  /** The initial state. */
  void init() {
    system().init();
  }

  int place(int process, int operation, int number, int value, int so) {
    return system().place(process, operation, number, value, so);
  }

  int place(int process, Instruction what, int a, int b, int c, int so) {
    return system().place(process, what, a, b, c, so);
  }

  /** Does an operation; what it violates is an error. */
  int operate(int process, int operation, int number, int a, int b) {
    return system().operate(process, operation, number, a, b);
  }

  int variants(int process, Instruction what, int a, int b, int c) {
    return system().variants(process, what, a, b, c);
  }

  int execute(int process, Instruction what, int variant, int a, int b, int c) {
    return system().execute(process, what, variant, a, b, c);
  }

  boolean holds(int number, int value) {
    return system().holds(number, value);
  }

  boolean races(int process, int operation, int number) {
    return system().races(process, operation, number);
  }

  /** After an operation: false if no run goes on from here. */
  boolean look() {
    require(system().raised());
    return !system().panicked();
  }

  /** After a step. */
  void endStep() {
    require(system().broken());
  }

  void rested(int process) {
    require(system().rested(process));
  }

  void stuck(int process, int operation, int number, int value) {
    require(system().stuck(process, operation, number, value));
  }

  /** This run is none: what was chosen is not possible. A checker need not look any further. */
  void dismiss() {
    System.exit(0);
  }

  private static void require(@Nullable String violated) {
    if (violated != null) {
      throw new AssertionError(VIOLATED + violated);
    }
  }
}
