package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A run told as shortly as it can be: only the steps that matter, in an order in which one context
 * goes on as long as it can.
 *
 * <p>Nothing here is a guess: steps are left out (delta debugging, as in {@link Shortening}) and
 * put in another order, the run is taken again from the start, and what does not come to the same
 * end is thrown away. The same end is the same property raised by the last step, or in the state
 * after it. What a trap or a loop shows is shown behind its last state: there the same end is the
 * very same state, and a loop itself is left as it is.
 *
 * <p>The order is the best there is of these steps, each process taking its own in the order that
 * it took them in: a search over all of them, by the number of turns (0-1 breadth first). It is
 * given up where there are too many.
 *
 * @param run the steps that are left
 * @param of how many steps the run had
 * @param turns how often another process goes on, and one for the first
 * @param turnsBefore the same of the run as it was
 * @param fewest are these turns the fewest for these steps? False where the search was given up
 */
public record Story(Counterexample run, int of, int turns, int turnsBefore, boolean fewest) {
  /** Seconds, at the worst; the runs that a search finds need hundreds to some ten thousand. */
  private static final int MOST_TRIED = 60_000;

  /** Tells it. Steps of the run that are not possible, or come after its end, go as well. */
  public static Story of(
      Program program, Reductions reductions, Counterexample run, Property property) {
    return new Teller(new Stepper(program, reductions), MOST_TRIED).tell(run, property);
  }

  /** How many steps are left. */
  public int steps() {
    return run.steps().size();
  }

  /** Is it shorter than the run, in steps or in turns? */
  public boolean isShorter() {
    return steps() < of || turns < turnsBefore;
  }

  static int turns(List<Step> steps) {
    int turns = 0;
    for (int i = 0; i < steps.size(); i++) {
      turns += i == 0 || steps.get(i).process() != steps.get(i - 1).process() ? 1 : 0;
    }
    return turns;
  }

  /** Takes runs again. */
  static final class Teller {
    private final Stepper stepper;
    private final int mostTried;
    private Predicate<Stepper.Taken> end = taken -> false;
    private boolean gaveUp;

    Teller(Stepper stepper, int mostTried) {
      this.stepper = stepper;
      this.mostTried = mostTried;
    }

    Story tell(Counterexample run, Property property) {
      int before = run.ending() instanceof Ending.Loop loop ? loop.from() : run.steps().size();
      ImmutableList<Step> loop = run.steps().subList(before, run.steps().size());
      ImmutableList<Step> told = run.steps().subList(0, before);
      end = run.ending() instanceof Ending.Here ? t -> stepper.raises(t, property) : sameAs(told);
      boolean shorter = true;
      while (shorter) {
        int length = told.size();
        told = inFewestTurns(Shortening.of(told, this::replay));
        shorter = told.size() < length;
      }
      Ending ending =
          run.ending() instanceof Ending.Loop l
              ? new Ending.Loop(l.task(), told.size(), l.renamed())
              : run.ending();
      ImmutableList<Step> all = ImmutableList.<Step>builder().addAll(told).addAll(loop).build();
      return new Story(
          new Counterexample(all, ending),
          run.steps().size(),
          turns(all),
          turns(run.steps()),
          !gaveUp);
    }

    private Predicate<Stepper.Taken> sameAs(List<Step> steps) {
      Stepper.Taken last = stepper.initial();
      for (Step step : steps) {
        Stepper.Taken next = stepper.take(last.state(), step);
        if (next == null) {
          return taken -> false; // and nothing can be left out
        }
        last = next;
      }
      long[] state = last.state();
      return taken -> Arrays.equals(taken.state(), state);
    }

    /** What is taken of the steps, up to the end that is looked for; null if it is not reached. */
    private @Nullable ImmutableList<Step> replay(List<Step> steps) {
      ImmutableList.Builder<Step> done = ImmutableList.builder();
      Stepper.Taken at = stepper.initial();
      if (end.test(at)) {
        return done.build();
      }
      for (Step step : steps) {
        Stepper.Taken next = at.panicked() ? null : stepper.take(at.state(), step);
        if (next != null) {
          done.add(step);
          at = next;
          if (end.test(at)) {
            return done.build();
          }
        }
      }
      return null;
    }

    /** Where a search for another order is. */
    private record Node(Stepper.Taken at, int[] taken, int last, @Nullable Node from) {}

    /** Two of these are one: what comes after them is the same. */
    private record Key(ImmutableLongArray state, List<Integer> taken, int last) {
      static Key of(Node node) {
        return new Key(
            ImmutableLongArray.copyOf(node.at().state()),
            Arrays.stream(node.taken()).boxed().toList(),
            node.last());
      }
    }

    private ImmutableList<Step> inFewestTurns(ImmutableList<Step> steps) {
      List<List<Step>> own = new ArrayList<>();
      for (int p = 0; p < stepper.processes(); p++) {
        int process = p;
        own.add(steps.stream().filter(s -> s.process() == process).toList());
      }
      Deque<Node> waiting = new ArrayDeque<>();
      waiting.add(new Node(stepper.initial(), new int[own.size()], -1, null));
      Set<Key> seen = new HashSet<>();
      while (!waiting.isEmpty()) {
        Node node = waiting.poll();
        if (end.test(node.at())) {
          return stepsTo(node, own);
        }
        if (node.at().panicked() || !seen.add(Key.of(node))) {
          continue;
        }
        if (seen.size() > mostTried) {
          gaveUp = true;
          return steps;
        }
        for (int p = own.size() - 1; p >= 0; p--) {
          addNext(node, p, own.get(p), waiting);
        }
      }
      return steps; // the run does not come to its end
    }

    private void addNext(Node node, int process, List<Step> own, Deque<Node> waiting) {
      int number = node.taken()[process];
      if (number == own.size()) {
        return;
      }
      Stepper.Taken next = stepper.take(node.at().state(), own.get(number));
      if (next != null) {
        int[] taken = node.taken().clone();
        taken[process]++;
        Node after = new Node(next, taken, process, node);
        if (process == node.last() || node.last() < 0) {
          waiting.addFirst(after);
        } else {
          waiting.addLast(after);
        }
      }
    }

    private static ImmutableList<Step> stepsTo(Node last, List<List<Step>> own) {
      List<Step> steps = new ArrayList<>();
      for (Node node = last; node.from() != null; node = node.from()) {
        int process = node.last();
        steps.add(0, own.get(process).get(node.taken()[process] - 1));
      }
      return ImmutableList.copyOf(steps);
    }
  }
}
