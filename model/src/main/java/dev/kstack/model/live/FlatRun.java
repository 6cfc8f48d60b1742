package dev.kstack.model.live;

import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.List;
import java.util.Set;

/**
 * All processes of a program as threads, one step at a time, in whatever order they are scheduled:
 * for a checker of Java programs that compares states. Nothing of the past is kept. A violation is
 * an {@link AssertionError} of the thread that comes upon it, {@code kstack-violated} and the
 * property.
 *
 * <p>Each operation is printed, as {@link StepCode}: a checker can say what was printed on the way
 * to an error.
 *
 * <p>Whether there are data races is not for the words to declare here: two threads are about to
 * access the variable of one {@link NextAccess}, and a race detector of the checker sees it. For
 * that it must be told which words are accessed plainly where others may touch them; one that is
 * not among them is an {@link AssertionError} too, {@code kstack-plain} and the word. What a
 * process will do next is printed too, after {@link #NEXT_PLAIN} or {@link #NEXT_MARKED}.
 */
public final class FlatRun {
  /** The line before what a process will do next, if that is a plain access. */
  public static final int NEXT_PLAIN = -1;

  /** The line before what a process will do next, if that is a marked access. */
  public static final int NEXT_MARKED = -2;

  private FlatRun() {}

  /**
   * Returns when all processes have made their activations.
   *
   * @param activations how many each process makes; -1 for no end
   * @param until the properties that end the run
   * @param announced the names of the words that may race, if data races are looked for
   */
  public static void explored(
      Program program, int activations, Set<Property> until, Set<String> announced)
      throws InterruptedException {
    FlatRehearsal.of(program);
    long claims = LiveRun.claims(program, until);
    long dataRace = program.layout().dataRace();
    Bus bus = new Bus(program, claims & ~dataRace);
    YieldingTurn turn =
        new YieldingTurn(
            bus, (claims & dataRace) == 0 ? null : new Announcements(program.layout(), announced));
    List<Process> processes = program.processes();
    Thread[] threads = new Thread[processes.size()];
    for (int p = 1; p < threads.length; p++) {
      FlatMachine machine = new FlatMachine(p, bus, turn);
      threads[p] =
          new Thread(
              new FlatProcess(processes.get(p), machine, activations), processes.get(p).name());
      threads[p].setDaemon(true);
    }
    for (int p = 1; p < threads.length; p++) {
      threads[p].start();
    }
    // One thread less, which would only wait.
    new FlatProcess(processes.get(0), new FlatMachine(0, bus, turn), activations).run();
    for (int p = 1; p < threads.length; p++) {
      threads[p].join();
    }
  }
}
