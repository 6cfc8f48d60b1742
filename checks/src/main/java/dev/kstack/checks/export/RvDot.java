package dev.kstack.checks.export;

import dev.kstack.checks.refine.SpecSizes;
import dev.kstack.spec.Action;
import dev.kstack.spec.Outcome;
import dev.kstack.spec.StackSystem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the specification allows of a stack page below the top one, as an automaton in the form of
 * DOT that Linux's generator of runtime monitors reads (K: tools/verification/rvgen,
 * Documentation/trace/rv).
 *
 * <p>It is not written by hand: all states of the specification with one thread of two pages are
 * explored, and each is looked at through its lower page: where the thread is, and what the page
 * is. So an event that is missing in a state is one that the specification refuses there whatever
 * the rest of the system does. There are frames for everybody or, when others take some, not: so
 * that the thread is refused, too.
 */
public final class RvDot {
  private static final SpecSizes SIZES = new SpecSizes(1, 2, 3, 0);
  private static final int THREAD = 1;
  private static final int PAGE = 0;

  /** From a state by an event to a state. */
  record Transition(String from, String event, String to) implements Comparable<Transition> {
    @Override
    public int compareTo(Transition o) {
      int byFrom = from.compareTo(o.from);
      int byEvent = event.compareTo(o.event);
      return byFrom != 0 ? byFrom : byEvent != 0 ? byEvent : to.compareTo(o.to);
    }
  }

  private RvDot() {}

  /** The automaton, in DOT. */
  public static String text() {
    String initial = state(SIZES.initial());
    Set<Transition> transitions = transitions();
    Set<String> states = new TreeSet<>();
    for (Transition t : transitions) {
      states.add(t.from());
      states.add(t.to());
    }
    StringBuilder dot = new StringBuilder("digraph state_automaton {\n");
    dot.append("\tcenter = true;\n\tsize = \"7,11\";\n");
    node(dot, "plaintext, style=invis, label=\"\"", "__init_" + initial);
    node(dot, "ellipse", initial);
    for (String state : states) {
      node(dot, "plaintext", state);
    }
    dot.append("\t\"__init_%s\" -> \"%s\";\n".formatted(initial, initial));
    for (String state : states) {
      String colour = state.equals(initial) ? ", color = green3" : "";
      dot.append("\t\"%s\" [label = \"%s\"%s];\n".formatted(state, state, colour));
    }
    for (Transition t : transitions) {
      dot.append("\t\"%s\" -> \"%s\" [ label = \"%s\" ];\n".formatted(t.from(), t.to(), t.event()));
    }
    dot.append(
        "\t{ rank = min ;\n\t\t\"__init_%s\";\n\t\t\"%s\";\n\t}\n}\n".formatted(initial, initial));
    return dot.toString();
  }

  private static void node(StringBuilder dot, String shape, String name) {
    dot.append("\t{node [shape = %s] \"%s\"};\n".formatted(shape, name));
  }

  /** In order. */
  static Set<Transition> transitions() {
    Set<Transition> transitions = new TreeSet<>();
    Set<StackSystem> seen = new HashSet<>(Set.of(SIZES.initial()));
    Deque<StackSystem> waiting = new ArrayDeque<>(seen);
    while (!waiting.isEmpty()) {
      StackSystem from = waiting.poll();
      for (Action action : Action.all(from)) {
        if (action.apply(from) instanceof Outcome.Next next) {
          String event = event(action);
          if (event != null) {
            transitions.add(new Transition(state(from), event, state(next.system())));
          }
          if (seen.add(next.system())) {
            waiting.add(next.system());
          }
        }
      }
    }
    return transitions;
  }

  /** {@code off_cpu_never_accessed}. */
  private static String state(StackSystem s) {
    return "%s_%s"
        .formatted(s.thread(THREAD).phase(), s.page(THREAD, PAGE))
        .toLowerCase(Locale.ROOT);
  }

  /** What the page, or its thread, sees of it; null if it is of another page or of nobody's. */
  private static @Nullable String event(Action action) {
    if (action instanceof Action.Fill a) {
      return a.page() == PAGE ? "fill" : null;
    } else if (action instanceof Action.Access a) {
      return a.page() == PAGE ? "access" : null;
    } else if (action instanceof Action.Mark a) {
      return a.page() == PAGE ? "mark" : null;
    } else if (action instanceof Action.Reclaim a) {
      return a.page() == PAGE ? "reclaim" : null;
    } else if (action instanceof Action.SwitchTo a) {
      return a.next() == THREAD ? "switch_in" : "switch_out";
    } else if (action instanceof Action.Refuse) {
      return "refuse";
    } else if (action instanceof Action.Unpark) {
      return "unpark";
    } else if (action instanceof Action.Exit) {
      return "exit";
    }
    return null;
  }
}
