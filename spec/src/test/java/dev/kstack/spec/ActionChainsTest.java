package dev.kstack.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;

/**
 * Long chains of actions from where kernels begin, at sizes that no search is tried at. A chain is
 * a list of numbers, each of which picks one of the actions that are allowed at its turn: so every
 * list is a chain, and jqwik can shrink it.
 */
class ActionChainsTest {
  /** Divided by as many small numbers as possible, so that remainders are equally likely. */
  private static final int PICKS = 5040;

  @Provide
  Arbitrary<StackSystem> beginnings() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(0, 8),
            Arbitraries.integers().between(0, 3))
        .as(
            (threads, pages, free, reserve) ->
                new StackSystem(
                    threads + free,
                    Math.min(reserve, free),
                    free,
                    0,
                    ImmutableList.copyOf(Collections.nCopies(threads, asleep(pages)))));
  }

  private static ThreadState asleep(int pages) {
    return new ThreadState(
        Phase.OFF_CPU,
        ImmutableList.<Page>builder()
            .addAll(Collections.nCopies(pages - 1, Page.UNMAPPED))
            .add(Page.ACCESSED)
            .build());
  }

  @Provide
  Arbitrary<List<Integer>> picks() {
    return Arbitraries.integers()
        .between(0, PICKS - 1)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMaxSize(120)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  @Property
  void everyStepKeepsTheInvariantsAndEveryAccessedPage(
      @ForAll("beginnings") StackSystem beginning, @ForAll("picks") List<Integer> picks) {
    StackSystem s = beginning;
    List<Action> chain = new ArrayList<>();
    assertKept(s, s, chain);
    for (int pick : picks) {
      List<Action> allowed = allowed(s);
      if (allowed.isEmpty()) {
        break;
      }
      Action action = allowed.get(pick % allowed.size());
      chain.add(action);
      StackSystem next = action.effect(s);
      assertEquals(new Outcome.Next(next), action.apply(s));
      assertKept(s, next, chain);
      s = next;
    }
    comesToThePoint(chain);
  }

  private static List<Action> allowed(StackSystem s) {
    return Action.all(s).stream().filter(action -> action.refusedBy(s).isEmpty()).toList();
  }

  private static void assertKept(StackSystem before, StackSystem after, List<Action> chain) {
    for (Invariant invariant : Invariant.values()) {
      assertTrue(invariant.holdsIn(after), () -> "%s after %s".formatted(invariant, chain));
    }
    assertTrue(Invariant.accessedPageKept(before, after), () -> "accessed page lost by " + chain);
  }

  /** Chains in which all threads exit at once would be green for ever. */
  private static void comesToThePoint(List<Action> chain) {
    often("reclaims", chain.stream().anyMatch(Action.Reclaim.class::isInstance), 30);
    often("refills what it has reclaimed", refills(chain), 15);
    often("refuses a thread", chain.stream().anyMatch(Action.Refuse.class::isInstance), 30);
    often("takes one back", chain.stream().anyMatch(Action.Unpark.class::isInstance), 10);
    often("accesses a page", chain.stream().anyMatch(Action.Access.class::isInstance), 30);
  }

  private static boolean refills(List<Action> chain) {
    List<Action.Fill> reclaimed = new ArrayList<>();
    for (Action action : chain) {
      if (action instanceof Action.Reclaim r) {
        reclaimed.add(new Action.Fill(r.thread(), r.page()));
      } else if (action instanceof Action.Fill && reclaimed.contains(action)) {
        return true;
      }
    }
    return false;
  }

  private static void often(String what, boolean is, int percent) {
    Statistics.label(what)
        .collect(is)
        .coverage(coverage -> coverage.check(true).percentage(p -> p >= percent));
  }
}
