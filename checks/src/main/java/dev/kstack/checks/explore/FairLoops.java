package dev.kstack.checks.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs-eventually: the places from which a run may go on for ever, in a fair way, without the task
 * that waits there ever running. A run that goes round a loop is fair if whoever could, again and
 * again, at last does (strong fairness, three times), and does not keep what it has for ever:
 *
 * <ol>
 *   <li><b>nobody stops:</b> each process takes a step in the loop, or can take none in any state
 *       of it. A step that leads back to the same state is a step. A process that does not
 *       {@linkplain dev.kstack.model.machine.Process#counts() count} owes nothing;
 *   <li><b>a chance is taken:</b> in no state of the loop could a process bring the task to run by
 *       the end of its present or next activation, while the others only finish what they have
 *       begun. So neither a scheduler that overlooks the task nor a lock that is always lost to
 *       somebody nor an environment that never lets it come to be picked is to blame, and what is
 *       left are tasks that nobody can run at any time of the loop;
 *   <li><b>who is asked answers:</b> if in the loop somebody waits for the answer of a process (a
 *       flush IPI, say), and the process could give it in the same way, then in some state of the
 *       loop nobody waits for it. Without this rule a CPU with interrupts on could leave an
 *       interrupt pending for ever;
 *   <li><b>who runs is switched out:</b> no process runs one and the same task all along. Nothing
 *       makes a thread sleep; that it does, again and again, is granted by whoever asks.
 * </ol>
 *
 * <p>Where no process that counts can take a step, the run ends there, and is fair.
 *
 * <p>The states of a loop are those between transactions. What is only so in the middle of one
 * nobody else can notice, and it is neither a chance nor the lack of one. With every operation a
 * step, an activation has more states in which it can be overtaken, and the answer could be
 * another: such a search does not decide.
 *
 * <p>The first rule is not weak fairness (where it is enough that a process can take no step in
 * <i>some</i> state of the loop), for two reasons. A process that spins on a lock that others take
 * and release over and over would be treated fairly, and K: kernel/locking/qspinlock.c queues who
 * spins. And transactions would not preserve it: others take such a lock and release it within one
 * step, so that no state of the search shows it taken. That a process can take a step, on the other
 * hand, shows in a state between transactions whenever it shows at all, since what it waits for is
 * changed by the one operation of a transaction that others can notice.
 *
 * <p>The places of the second rule are left out at once, so a fair loop lies in a strongly
 * connected component of the rest. One that fails another rule may still have a fair loop inside:
 * the states in which the process could have done what it never does are removed, and what is left
 * is looked at again (as for any strong fairness: Emerson and Lei, 1987).
 */
final class FairLoops {
  private final TaskGraph graph;
  private final Predecessors predecessors;
  private final Allowance allowance;
  private final WaitingTasks places;
  private final int counting;
  private final byte @Nullable [][] couldAnswer = new byte[TaskGraph.MAX_PROCESSES][];
  private final Components components;

  /** Of each component. */
  private int[] steps = {};

  private int[] enabledOnce = {};
  private int[] askedAlways = {};
  private int[] couldAnswerOnce = {};
  private boolean[] goesRound = {};
  private int[] busyAlways = {};
  private int[] switches = {};

  private int first = WaitingTasks.NONE;

  /**
   * Looks for the first place of a fair loop, in the order of states.
   *
   * @param counting the processes that owe steps, a bit each
   */
  FairLoops(TaskGraph graph, Predecessors predecessors, int counting, Allowance allowance) {
    this.graph = graph;
    this.predecessors = predecessors;
    this.counting = counting;
    this.allowance = allowance;
    places = new WaitingTasks(graph, predecessors, allowance);
    allowance.take(Components.bytes(places.size()));
    components = new Components(graph, places);
    examine();
    while (removeUnfair()) {
      allowance.check();
      components.find();
      examine();
    }
    for (int place = 0; place < places.size() && first == WaitingTasks.NONE; place++) {
      if (!places.removed(place) && isFair(components.of(place))) {
        first = place;
      }
    }
  }

  private void examine() {
    int count = components.count();
    steps = new int[count];
    enabledOnce = new int[count];
    askedAlways = new int[count];
    couldAnswerOnce = new int[count];
    goesRound = new boolean[count];
    busyAlways = new int[count];
    switches = new int[count];
    Arrays.fill(askedAlways, -1);
    Arrays.fill(busyAlways, -1);
    for (int place = 0; place < places.size(); place++) {
      int c = components.of(place);
      if (c != WaitingTasks.NONE) {
        int s = places.state(place);
        for (int step = graph.firstStep(s); step < graph.firstStep(s + 1); step++) {
          int next = places.after(place, step);
          if (next != WaitingTasks.NONE && components.of(next) == c) {
            steps[c] |= 1 << graph.process(step);
            switches[c] |= graph.switches(s, step) ? 1 << graph.process(step) : 0;
            goesRound[c] = true;
          }
        }
        enabledOnce[c] |= enabled(s);
        askedAlways[c] &= graph.asked(s);
        busyAlways[c] &= graph.busy(s);
        couldAnswerOnce[c] |= couldAnswer(s);
      }
    }
  }

  /** The processes that count and can take a step in the state. */
  private int enabled(int state) {
    int enabled = 0;
    for (int step = graph.firstStep(state); step < graph.firstStep(state + 1); step++) {
      enabled |= 1 << graph.process(step);
    }
    return counting & enabled;
  }

  /** The processes that somebody waits for in the state, and that could answer. */
  private int couldAnswer(int state) {
    int could = 0;
    for (int set = graph.asked(state) & counting; set != 0; set &= set - 1) {
      int process = Integer.numberOfTrailingZeros(set);
      if (couldAnswer[process] == null) {
        couldAnswer[process] = new Chances(graph, predecessors, allowance).toAnswer(process);
      }
      could |= couldAnswer[process][state] == 0 ? 0 : 1 << process;
    }
    return could;
  }

  /** Returns whether something was removed from a component that may have a fair loop inside. */
  private boolean removeUnfair() {
    boolean again = false;
    for (int place = 0; place < places.size(); place++) {
      int c = components.of(place);
      if (c != WaitingTasks.NONE && !isFair(c)) {
        int s = places.state(place);
        if ((enabled(s) & idle(c)) != 0 || (couldAnswer(s) & silent(c)) != 0) {
          places.remove(place);
          again |= goesRound[c];
        }
      }
    }
    return again;
  }

  /** Those that could take a step at some time and take none. */
  private int idle(int component) {
    return enabledOnce[component] & ~steps[component];
  }

  /** Those that are always asked, could answer at some time and never do. */
  private int silent(int component) {
    return askedAlways[component] & couldAnswerOnce[component];
  }

  private boolean isFair(int component) {
    boolean ends = enabledOnce[component] == 0;
    return (ends || goesRound[component])
        && idle(component) == 0
        && silent(component) == 0
        && hogs(component) == 0;
  }

  /** Those that run one task from beginning to end; unless nobody can take a step. */
  private int hogs(int component) {
    return enabledOnce[component] == 0 ? 0 : busyAlways[component] & ~switches[component];
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

  /**
   * Of the component, the processes that must switch, or be in a state in which they run nobody.
   */
  int mustNotHog(int component) {
    return enabledOnce[component] == 0 ? 0 : -1;
  }

  /** Of the component, the processes of which a fair loop must have a step. */
  int mustStepOnce(int component) {
    return enabledOnce[component];
  }

  /** Of the component, the processes for which a fair loop must have a state where nobody waits. */
  int mustBeFreeOnce(int component) {
    return couldAnswerOnce[component];
  }
}
