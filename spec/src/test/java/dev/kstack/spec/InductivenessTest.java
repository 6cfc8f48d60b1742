package dev.kstack.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * The invariants are inductive: from every state that satisfies them, reachable or not, every
 * allowed action leads to one that does.
 */
class InductivenessTest {
  private static final int FRAMES = 4;

  /** Every state of 2 threads with 2 pages and 4 frames, whether it makes sense or not. */
  private static Stream<StackSystem> allStates() {
    List<Page> pages = List.of(Page.values());
    List<ThreadState> threads =
        Lists.cartesianProduct(pages, pages).stream()
            .flatMap(
                stack ->
                    Stream.of(Phase.values())
                        .map(phase -> new ThreadState(phase, ImmutableList.copyOf(stack))))
            .toList();
    List<Integer> counts = List.of(-1, 0, 1, 2, 3, 4);
    return Lists.cartesianProduct(threads, threads).stream()
        .flatMap(
            both ->
                Lists.cartesianProduct(counts, counts, List.of(0, 1, 2)).stream()
                    .map(
                        n ->
                            new StackSystem(
                                FRAMES, n.get(2), n.get(0), n.get(1), ImmutableList.copyOf(both))));
  }

  /** Whatever becomes of who lacks pages. */
  private static List<Action> everything(StackSystem s) {
    return Stream.of(WorstCase.values()).flatMap(worst -> worst.actions(s).stream()).toList();
  }

  private static boolean satisfiesAll(StackSystem s) {
    return Stream.of(Invariant.values()).allMatch(invariant -> invariant.holdsIn(s));
  }

  @Test
  void everyAllowedActionKeepsTheInvariantsExhaustively() {
    Set<Class<?>> allowed = new HashSet<>();
    long states =
        allStates().filter(InductivenessTest::satisfiesAll).peek(s -> check(s, allowed)).count();
    assertTrue(states > 1_000, "states that satisfy the invariants: " + states);
    assertEquals(13, allowed.size(), "kinds of actions that some state allows: " + allowed);
  }

  private static void check(StackSystem s, Set<Class<?>> allowed) {
    for (Action action : everything(s)) {
      if (action.apply(s) instanceof Outcome.Next next) {
        allowed.add(action.getClass());
        for (Invariant invariant : Invariant.values()) {
          assertTrue(
              invariant.holdsIn(next.system()),
              () -> "%s after %s in %s".formatted(invariant, action, s));
        }
        assertTrue(
            Invariant.accessedPageKept(s, next.system()),
            () -> "accessed page lost by %s in %s".formatted(action, s));
      }
    }
  }

  /** The states that must not be: each invariant refuses some that all others let through. */
  @Test
  void noInvariantFollowsFromTheOthers() {
    Map<Invariant, Long> alone = new EnumMap<>(Invariant.class);
    allStates()
        .forEach(
            s -> {
              List<Invariant> broken =
                  Stream.of(Invariant.values()).filter(i -> !i.holdsIn(s)).toList();
              if (broken.size() == 1) {
                alone.merge(broken.get(0), 1L, Long::sum);
              }
            });
    assertEquals(EnumSet.allOf(Invariant.class), alone.keySet());
  }

  /** Every rule refuses something that no other rule would have refused first. */
  @Test
  void everyRuleRefusesSomething() {
    Set<Rule> seen = EnumSet.noneOf(Rule.class);
    allStates()
        .filter(InductivenessTest::satisfiesAll)
        .forEach(
            s -> {
              for (Action action : everything(s)) {
                action.refusedBy(s).ifPresent(seen::add);
              }
            });
    assertEquals(EnumSet.allOf(Rule.class), seen);
  }

  /** The check can fail: without its rules, each of these actions breaks what they protect. */
  @Test
  void withoutTheRulesTheInvariantsBreak() {
    ThreadState runs = thread(Phase.ON_CPU, Page.NEVER_ACCESSED, Page.ACCESSED);
    ThreadState sleeps = thread(Phase.OFF_CPU, Page.UNMAPPED, Page.ACCESSED);
    StackSystem s = new StackSystem(FRAMES, 0, 1, 0, ImmutableList.of(runs, sleeps));
    assertTrue(satisfiesAll(s));

    assertFalse(satisfiesAll(new Action.Reclaim(1, 0).effect(s)), "reclaim from who runs");
    assertFalse(
        Invariant.accessedPageKept(s, new Action.Reclaim(2, 1).effect(s)),
        "reclaim an accessed page");
    assertFalse(satisfiesAll(new Action.SwitchTo(0, 2).effect(s)), "run with a hole");
    assertFalse(
        satisfiesAll(new Action.Fill(2, 0).effect(new Action.Fill(2, 0).effect(s))),
        "fill without a frame");
    assertFalse(satisfiesAll(new Action.OthersGive().effect(s)), "give back what nobody took");
  }

  private static ThreadState thread(Phase phase, Page... stack) {
    return new ThreadState(phase, ImmutableList.copyOf(stack));
  }

  @Provide
  Arbitrary<StackSystem> larger() {
    Arbitrary<ThreadState> thread =
        Combinators.combine(Arbitraries.of(Phase.class), Arbitraries.integers().between(0, 6))
            .flatAs(
                (phase, accessed) ->
                    Arbitraries.of(Page.UNMAPPED, Page.NEVER_ACCESSED, Page.MARKED)
                        .list()
                        .ofSize(6 - accessed)
                        .map(rest -> stack(phase, rest, accessed)));
    return Combinators.combine(
            thread.list().ofMinSize(1).ofMaxSize(6),
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 5))
        .as(
            (threads, free, others, reserve) ->
                new StackSystem(
                    free + others + threads.stream().mapToInt(ThreadState::mapped).sum(),
                    reserve,
                    free,
                    others,
                    ImmutableList.copyOf(threads)));
  }

  /** A stack that satisfies the invariants in that phase. */
  private static ThreadState stack(Phase phase, List<Page> rest, int accessed) {
    ThreadState t =
        new ThreadState(
            phase,
            ImmutableList.<Page>builder()
                .addAll(rest)
                .addAll(Collections.nCopies(accessed, Page.ACCESSED))
                .build());
    return switch (phase) {
      case ON_CPU -> t.fullyMapped() ? t : t.with(Phase.PARKED);
      case EXITED -> t.exited();
      case OFF_CPU, PARKED, FROZEN -> t;
    };
  }

  @Property
  void everyAllowedActionKeepsTheInvariantsAtLargerSizes(@ForAll("larger") StackSystem s) {
    assertTrue(satisfiesAll(s));
    check(s, new HashSet<>());
  }
}
