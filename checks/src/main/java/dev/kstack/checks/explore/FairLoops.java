package dev.kstack.checks.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs-eventually: the places from which a run may go on for ever, in a fair way, without the task
 * that waits there ever running. A run that goes round a loop is fair if
 *
 * <ol>
 *   <li><b>nobody stops</b> (weak fairness): each process takes a step in the loop, or can take
 *       none in some state of it. A step that leads back to the same state is a step. A process
 *       that does not {@linkplain dev.kstack.model.machine.Process#counts() count} owes nothing;
 *   <li><b>a chance is taken</b> (strong fairness of one compound action): in no state of the loop
 *       could a process, left alone, bring the task to run by the end of its present or next
 *       activation. So neither a scheduler that overlooks the task nor an environment that never
 *       lets it come to be picked is to blame, and what is left are tasks that nobody can run at
 *       any time of the loop;
 *   <li><b>who is asked answers</b> (strong fairness again): if in the loop somebody waits for the
 *       answer of a process (a flush IPI, say), and the process, left alone, could give it by the
 *       end of its present or next activation, then in some state of the loop nobody waits for it.
 *       Without this rule a CPU with interrupts on could leave an interrupt pending for ever.
 * </ol>
 *
 * <p>Where no process that counts can take a step, the run ends there, and is fair.
 *
 * <p>The places of the second rule are left out at once, so a fair loop lies in a strongly
 * connected component of the rest. One that fails the third rule may still have a fair loop inside:
 * the states in which the process could answer are removed, and what is left is looked at again (as
 * for any strong fairness: Emerson and Lei, 1987).
 */
final class FairLoops {
  private final TaskGraph graph;
  private final Allowance allowance;
  private final WaitingTasks places;
  private final int counting;
  private final byte @Nullable [][] couldAnswer = new byte[TaskGraph.MAX_PROCESSES][];
  private Components components;

  /** Of each component. */
  private int[] steps = {};

  private int[] disabled = {};
  private int[] askedAlways = {};
  private int[] couldAnswerOnce = {};
  private boolean[] goesRound = {};

  private int first = WaitingTasks.NONE;

  /**
   * Looks for the first place of a fair loop, in the order of states.
   *
   * @param counting the processes that owe steps, a bit each
   */
  FairLoops(TaskGraph graph, int counting, Allowance allowance) {
    this.graph = graph;
    this.counting = counting;
    this.allowance = allowance;
    places = new WaitingTasks(graph, allowance);
    allowance.take(Components.bytes(places.size()));
    boolean again;
    do {
      allowance.check();
      components = new Components(graph, places);
      examine();
      again = removeUnanswered();
    } while (again);
    for (int place = 0; place < places.size() && first == WaitingTasks.NONE; place++) {
      if (!places.removed(place) && isFair(components.of(place))) {
        first = place;
      }
    }
  }

  private void examine() {
    int count = components.count();
    steps = new int[count];
    disabled = new int[count];
    askedAlways = new int[count];
    couldAnswerOnce = new int[count];
    goesRound = new boolean[count];
    Arrays.fill(askedAlways, -1);
    for (int place = 0; place < places.size(); place++) {
      int c = components.of(place);
      if (c != WaitingTasks.NONE) {
        int s = places.state(place);
        for (int step = graph.firstStep(s); step < graph.firstStep(s + 1); step++) {
          int next = places.after(place, step);
          if (next != WaitingTasks.NONE && components.of(next) == c) {
            steps[c] |= 1 << graph.process(step);
            goesRound[c] = true;
          }
        }
        disabled[c] |= disabled(s);
        askedAlways[c] &= graph.asked(s);
        couldAnswerOnce[c] |= couldAnswer(s);
      }
    }
  }

  /** The processes that count and can take no step in the state. */
  int disabled(int state) {
    int enabled = 0;
    for (int step = graph.firstStep(state); step < graph.firstStep(state + 1); step++) {
      enabled |= 1 << graph.process(step);
    }
    return counting & ~enabled;
  }

  /** The processes that somebody waits for in the state, and that could answer. */
  int couldAnswer(int state) {
    int could = 0;
    for (int set = graph.asked(state) & counting; set != 0; set &= set - 1) {
      int process = Integer.numberOfTrailingZeros(set);
      if (couldAnswer[process] == null) {
        couldAnswer[process] = new Alone(graph, allowance).couldAnswer(process);
      }
      could |= couldAnswer[process][state] == 0 ? 0 : 1 << process;
    }
    return could;
  }

  /** Returns whether something was removed. */
  private boolean removeUnanswered() {
    boolean any = false;
    for (int place = 0; place < places.size(); place++) {
      int c = components.of(place);
      if (c != WaitingTasks.NONE && keepsMoving(c)) {
        int unanswered = askedAlways[c] & couldAnswerOnce[c];
        if ((couldAnswer(places.state(place)) & unanswered) != 0) {
          places.remove(place);
          any = true;
        }
      }
    }
    return any;
  }

  private boolean keepsMoving(int component) {
    boolean ends = !goesRound[component] && disabled[component] == counting;
    boolean fair = ((steps[component] | disabled[component]) & counting) == counting;
    return ends || goesRound[component] && fair;
  }

  private boolean isFair(int component) {
    return keepsMoving(component) && (askedAlways[component] & couldAnswerOnce[component]) == 0;
  }

  /** The first place of a fair loop; {@link WaitingTasks#NONE} if there is none. */
  int first() {
    return first;
  }

  WaitingTasks places() {
    return places;
  }

  Components components() {
    return components;
  }

  int counting() {
    return counting;
  }

  /** Of the component, the processes for which a fair loop must have a state where nobody waits. */
  int mustBeFreeOnce(int component) {
    return couldAnswerOnce[component];
  }
}
