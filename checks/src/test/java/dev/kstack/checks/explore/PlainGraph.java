package dev.kstack.checks.explore;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.TaskProgress;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Every state and every step of a program, states whole and under the names that they have, and
 * what tasks may come to in it, decided in the plainest way: what the explorer's is compared with.
 * It shares the expansion of a state with the explorer and nothing else.
 */
final class PlainGraph {
  /** A step of a process. */
  record Step(int process, int target) {}

  final List<long[]> states = new ArrayList<>();
  final List<List<Step>> steps = new ArrayList<>();
  private final Map<LongBuffer, Integer> numbers = new HashMap<>();
  private final List<List<Integer>> before = new ArrayList<>();
  private final Map<Long, Set<Integer>> ends = new HashMap<>();
  private final List<Integer> depths = new ArrayList<>();
  private final AllStates.Workshop workshop;
  private final Memory memory;
  private final TaskProgress progress;
  private boolean complete = true;

  PlainGraph(AllStates.Workshop w, Reductions reductions, int mostStates) {
    workshop = w;
    memory = new Memory(w.program.layout());
    progress = w.program.progress();
    Expansion expansion =
        new Expansion(
            w.program,
            w.format,
            w.automata,
            memory,
            new Reductions(reductions.transactions(), false, reductions.deadValues()),
            false);
    number(Explorer.initialState(w.program, w.format, w.automata), 0);
    for (int s = 0; s < states.size(); s++) {
      if (s > mostStates) {
        complete = false;
        return;
      }
      List<Step> out = new ArrayList<>();
      int depth = depths.get(s) + 1;
      expansion.expand(
          states.get(s),
          (process, ordinal, successor) -> {
            int target = memory.panicked() ? -1 : number(successor.clone(), depth);
            out.add(new Step(process, target));
          });
      steps.add(out);
    }
  }

  private int number(long[] state, int depth) {
    Integer known = numbers.putIfAbsent(LongBuffer.wrap(state), states.size());
    if (known != null) {
      return known;
    }
    states.add(state);
    depths.add(depth);
    return states.size() - 1;
  }

  boolean complete() {
    return complete;
  }

  int depth(int state) {
    return depths.get(state);
  }

  boolean isAtRest(int state) {
    for (int p = 0; p < workshop.automata.length; p++) {
      if (!rests(state, p)) {
        return false;
      }
    }
    return true;
  }

  boolean rests(int state, int process) {
    return workshop.automata[process].rest(workshop.format.node(states.get(state), process));
  }

  int live(int state) {
    memory.bind(states.get(state));
    return progress.live(memory);
  }

  int doomed(int state) {
    memory.bind(states.get(state));
    return progress.doomed(memory);
  }

  int running(int state) {
    memory.bind(states.get(state));
    return progress.running(memory);
  }

  /**
   * For each state, the tasks that live and can never run again: backwards from where each runs.
   */
  int[] trapped() {
    int[] trapped = neverRunning();
    Arrays.setAll(trapped, s -> trapped[s] & live(s));
    return trapped;
  }

  /** For each state, the tasks that can never run again, whether they are owed it or not. */
  int[] neverRunning() {
    int[] trapped = new int[states.size()];
    Arrays.fill(trapped, (1 << workshop.program.layout().tasks()) - 1);
    for (int task = 0; task < workshop.program.layout().tasks(); task++) {
      BitSet seen = new BitSet();
      Deque<Integer> open = new ArrayDeque<>();
      for (int s = 0; s < states.size(); s++) {
        if ((running(s) >>> task & 1) != 0) {
          seen.set(s);
          open.add(s);
        }
      }
      while (!open.isEmpty()) {
        int s = open.remove();
        trapped[s] &= ~(1 << task);
        for (int b : before(s)) {
          if (!seen.get(b)) {
            seen.set(b);
            open.add(b);
          }
        }
      }
    }
    return trapped;
  }

  /** The fewest steps to a state in which a task is trapped; -1 if there is none. */
  int depthOfFirstTrap() {
    int[] trapped = trapped();
    for (int s = 0; s < trapped.length; s++) {
      if (trapped[s] != 0) {
        return depth(s);
      }
    }
    return -1;
  }

  /** For each state in which every process rests, the tasks that are trapped. */
  Map<LongBuffer, Integer> trappedAtRest(boolean forget) {
    int[] trapped = trapped();
    Map<LongBuffer, Integer> atRest = new HashMap<>();
    for (int s = 0; s < trapped.length; s++) {
      if (isAtRest(s)) {
        LongBuffer state = forget ? workshop.forget(states.get(s)) : LongBuffer.wrap(states.get(s));
        Integer other = atRest.put(state, trapped[s]);
        if (other != null && other != trapped[s]) {
          throw new AssertionError("states that differ in dead values are not alike");
        }
      }
    }
    return atRest;
  }

  /** See {@link FairLoops}: does some task wait for ever in some fair run? */
  boolean starves() {
    for (int task = 1; task <= workshop.program.layout().tasks(); task++) {
      int bit = 1 << task - 1;
      Set<Integer> waiting = new HashSet<>();
      for (int s = 0; s < states.size(); s++) {
        memory.bind(states.get(s));
        boolean wants = (progress.wanting(memory) & progress.live(memory) & bit) != 0;
        if (wants && (running(s) & bit) == 0 && !couldBeRun(s, bit)) {
          waiting.add(s);
        }
      }
      if (hasFairLoop(waiting)) {
        return true;
      }
    }
    return false;
  }

  private boolean couldBeRun(int state, int task) {
    for (int p = 0; p < workshop.automata.length; p++) {
      if (couldCome(state, p, end -> (running(end) & task) != 0)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Is there such a state where an activation of the process ends, the present or next one, while
   * the others at most end theirs?
   */
  private boolean couldCome(int state, int process, IntPredicate goal) {
    return endsOf(state, process).stream().anyMatch(goal::test);
  }

  private Set<Integer> endsOf(int state, int process) {
    long key = (long) state << Integer.SIZE | process;
    Set<Integer> known = ends.get(key);
    if (known == null) {
      known = findEndsOf(state, process);
      ends.put(key, known);
    }
    return known;
  }

  private record Ahead(int state, boolean mayBegin) {}

  private Set<Integer> findEndsOf(int state, int process) {
    Set<Integer> ends = new HashSet<>();
    Set<Ahead> seen = new HashSet<>(Set.of(new Ahead(state, true)));
    Deque<Ahead> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      Ahead from = open.remove();
      for (Step step : steps.get(from.state())) {
        boolean begins = rests(from.state(), step.process());
        if (step.target() >= 0 && (!begins || step.process() == process && from.mayBegin())) {
          if (step.process() == process && rests(step.target(), process)) {
            ends.add(step.target());
          }
          Ahead to = new Ahead(step.target(), from.mayBegin() && !begins);
          if (seen.add(to)) {
            open.add(to);
          }
        }
      }
    }
    return ends;
  }

  private boolean hasFairLoop(Set<Integer> within) {
    Set<Integer> left = new HashSet<>(within);
    while (!left.isEmpty()) {
      int one = left.iterator().next();
      Set<Integer> loop = reached(one, left, this::after);
      loop.retainAll(reached(one, left, this::before));
      left.removeAll(loop);
      if (isFair(loop)) {
        return true;
      }
    }
    return false;
  }

  private boolean isFair(Set<Integer> loop) {
    boolean round = loop.stream().anyMatch(s -> after(s).stream().anyMatch(loop::contains));
    boolean ends = true;
    for (int p = 0; p < workshop.automata.length; p++) {
      if (workshop.automata[p].process().counts()) {
        int process = p;
        Set<Integer> rest = new HashSet<>(loop);
        rest.removeIf(s -> steps.get(s).stream().anyMatch(t -> t.process() == process));
        boolean steps =
            loop.stream()
                .flatMap(s -> this.steps.get(s).stream())
                .anyMatch(t -> t.process() == process && loop.contains(t.target()));
        if (!steps && rest.size() < loop.size()) {
          return hasFairLoop(rest);
        }
        ends &= !steps;
      }
    }
    if (!ends && !round) {
      return false;
    }
    for (int p = 0; p < workshop.automata.length; p++) {
      int process = p;
      if (workshop.automata[p].process().counts()
          && loop.stream().allMatch(s -> isAsked(s, process))) {
        Set<Integer> rest = new HashSet<>(loop);
        rest.removeIf(s -> couldCome(s, process, end -> !isAsked(end, process)));
        if (rest.size() < loop.size()) {
          return hasFairLoop(rest);
        }
      }
    }
    return nobodyCanStep(loop) || !hasHog(loop);
  }

  private boolean nobodyCanStep(Set<Integer> loop) {
    return loop.stream()
        .flatMap(s -> steps.get(s).stream())
        .noneMatch(t -> workshop.automata[t.process()].process().counts());
  }

  /** Does some process run one and the same task in all of it? */
  private boolean hasHog(Set<Integer> loop) {
    for (int p = 0; p < workshop.automata.length; p++) {
      int bit = 1 << p;
      int process = p;
      if (loop.stream().allMatch(s -> (busy(s) & bit) != 0)
          && loop.stream()
              .allMatch(
                  s ->
                      steps.get(s).stream()
                          .filter(t -> t.process() == process && loop.contains(t.target()))
                          .allMatch(t -> (running(s) & ~running(t.target())) == 0))) {
        return true;
      }
    }
    return false;
  }

  private int busy(int state) {
    memory.bind(states.get(state));
    return progress.busy(memory);
  }

  private boolean isAsked(int state, int process) {
    memory.bind(states.get(state));
    Waits waits = new Waits(workshop.format, workshop.automata);
    return (waits.asked(states.get(state), memory) >>> process & 1) != 0;
  }

  private List<Integer> after(int state) {
    return steps.get(state).stream().map(Step::target).toList();
  }

  private List<Integer> before(int state) {
    if (before.isEmpty()) {
      states.forEach(s -> before.add(new ArrayList<>()));
      for (int s = 0; s < states.size(); s++) {
        for (Step step : steps.get(s)) {
          if (step.target() >= 0) {
            before.get(step.target()).add(s);
          }
        }
      }
    }
    return before.get(state);
  }

  private static Set<Integer> reached(
      int from, Set<Integer> within, IntFunction<List<Integer>> edges) {
    Set<Integer> seen = new HashSet<>(Set.of(from));
    Deque<Integer> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (int next : edges.apply(open.remove())) {
        if (within.contains(next) && seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }
}
