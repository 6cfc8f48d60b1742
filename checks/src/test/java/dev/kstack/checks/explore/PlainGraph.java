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
import java.util.List;
import java.util.Map;

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

  int running(int state) {
    memory.bind(states.get(state));
    return progress.running(memory);
  }

  /**
   * For each state, the tasks that live and can never run again: backwards from where each runs.
   */
  int[] trapped() {
    List<List<Integer>> before = new ArrayList<>();
    states.forEach(s -> before.add(new ArrayList<>()));
    for (int s = 0; s < states.size(); s++) {
      for (Step step : steps.get(s)) {
        if (step.target() >= 0) {
          before.get(step.target()).add(s);
        }
      }
    }
    int[] trapped = new int[states.size()];
    Arrays.setAll(trapped, this::live);
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
        for (int b : before.get(s)) {
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
}
