package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.spec.Property;
import java.util.Arrays;

/**
 * What a search found.
 *
 * @param stop why it ended
 * @param states different states found
 * @param transitions steps taken from them
 * @param depth the number of steps to the farthest state
 * @param seconds wall-clock time
 * @param visitedBytes memory of the visited set
 * @param collisionProbability that two states were taken for one
 * @param found for each property that was violated, or reached, a shortest run to it
 * @param premises the properties whose situation came up
 * @param executed the classes of model code that did at least one operation
 * @param places where the operations stand that were done, as {@code Scheduler.java:42}
 * @param undecided the progress properties that the search does not decide although it is complete,
 *     and why
 */
public record SearchResult(
    StopReason stop,
    long states,
    long transitions,
    int depth,
    double seconds,
    long visitedBytes,
    double collisionProbability,
    ImmutableMap<Property, Counterexample> found,
    ImmutableSet<Property> premises,
    ImmutableSet<Class<?>> executed,
    ImmutableSet<String> places,
    ImmutableMap<Property, String> undecided) {

  public boolean complete() {
    return stop == StopReason.COMPLETE;
  }

  /** Would it find nothing more with a larger budget, or if nobody interrupted it? */
  public boolean isFinal() {
    boolean spent =
        undecided.values().stream()
            .anyMatch(
                why -> Arrays.stream(StopReason.values()).anyMatch(r -> r.text().equals(why)));
    return stop == StopReason.FOUND || complete() && !spent;
  }

  /**
   * A run as data: who takes each step, and what is chosen in it.
   *
   * @param steps the steps
   * @param ending what is shown by it
   */
  public record Counterexample(ImmutableList<Step> steps, Ending ending) {
    public Counterexample(ImmutableList<Step> steps) {
      this(steps, new Ending.Here());
    }

    /**
     * One step.
     *
     * @param process the number of the process
     * @param choices the values of the choices in it
     */
    public record Step(int process, ImmutableList<Integer> choices) {}
  }

  /** What a run shows. */
  public sealed interface Ending {
    /** Its last step, or the state after it, is what was looked for. */
    record Here() implements Ending {}

    /**
     * From its last state on, a task can never run again.
     *
     * @param task the task, by the name that it has in the run
     * @param states how many states can still be reached, under canonical names
     */
    record Trap(int task, int states) implements Ending {}

    /**
     * From some state on it goes round for ever, and a task that wants to run never does.
     *
     * @param task the task, by the name that it has in the run
     * @param from how many steps there are before the loop; the rest is the loop. If there is no
     *     rest, nobody can take a step there
     * @param renamed do other tasks, or frames, change places in each round?
     */
    record Loop(int task, int from, boolean renamed) implements Ending {}
  }
}
