package dev.kstack.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** In a right state every invariant holds, and one thing that is wrong breaks exactly its own. */
class StackInvariantsTest {
  /** A state as arrays, to be broken. */
  private static final class State implements StackView {
    private final int threads;
    private final int pages;
    private final int frames;
    private final int[][] frame;
    private final boolean[][] present;
    private final boolean[][] accessed;
    private final boolean[] running;
    private boolean knowsStackPointers;
    private int free;
    private int others;
    private int moving;

    /**
     * A right state: some pages are mapped, those of running threads all; accessed ones are mapped;
     * and the frames that no page has are free, used by others, or being moved.
     */
    State(int threads, int pages, Random random) {
      this.threads = threads;
      this.pages = pages;
      frame = new int[threads + 1][pages];
      present = new boolean[threads + 1][pages];
      accessed = new boolean[threads + 1][pages];
      running = new boolean[threads + 1];
      int next = 1;
      for (int thread = 1; thread <= threads; thread++) {
        running[thread] = random.nextBoolean();
        for (int page = 0; page < pages; page++) {
          if (running[thread] || random.nextBoolean()) {
            frame[thread][page] = next++;
            present[thread][page] = true;
            accessed[thread][page] = random.nextBoolean();
          }
        }
      }
      frames = next - 1 + 3;
      free = 1 << next;
      others = 1 << (next + 1);
      moving = 1 << (next + 2);
    }

    @Override
    public int threads() {
      return threads;
    }

    @Override
    public int pages() {
      return pages;
    }

    @Override
    public int frames() {
      return frames;
    }

    @Override
    public boolean present(int thread, int page) {
      return present[thread][page];
    }

    @Override
    public int frame(int thread, int page) {
      return frame[thread][page];
    }

    @Override
    public boolean accessed(int thread, int page) {
      return accessed[thread][page];
    }

    /** Where stack pointers are known, nobody has anything on the stack. */
    @Override
    public boolean live(int thread, int page) {
      return !knowsStackPointers && StackView.super.live(thread, page);
    }

    @Override
    public boolean marked(int thread, int page) {
      return accessed[thread][page];
    }

    @Override
    public boolean parked(int thread) {
      return false;
    }

    @Override
    public boolean running(int thread) {
      return running[thread];
    }

    @Override
    public int free() {
      return free;
    }

    @Override
    public int others() {
      return others;
    }

    @Override
    public int moving() {
      return moving;
    }

    /** The page is unmapped, and its frame goes to the pool. */
    void reclaim(int thread, int page) {
      free |= 1 << frame[thread][page];
      frame[thread][page] = 0;
      present[thread][page] = false;
    }
  }

  /** A right state, and one of its pages. */
  private record Case(State state, int thread, int page) {}

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Integer> threads = Arbitraries.integers().between(1, 4);
    Arbitrary<Integer> pages = Arbitraries.integers().between(1, 4);
    Arbitrary<Integer> picks = Arbitraries.integers().between(0, 15);
    return Combinators.combine(threads, pages, Arbitraries.longs(), picks)
        .as(
            (t, p, seed, pick) ->
                new Case(new State(t, p, new Random(seed)), 1 + pick % t, pick / 4 % p))
        .withoutEdgeCases();
  }

  private static void assertHold(State s, boolean kept, boolean fullyMapped, boolean ownership) {
    assertEquals(kept, StackInvariants.accessedPageKept(s), "accessed-page-kept");
    assertEquals(kept, StackInvariants.livePageKept(s), "live-page-kept");
    assertEquals(fullyMapped, StackInvariants.runsFullyMapped(s), "runs-fully-mapped");
    assertEquals(ownership, StackInvariants.frameOwnership(s), "frame-ownership");
  }

  @Property
  void allHoldInARightState(@ForAll("cases") Case c) {
    assertHold(c.state, true, true, true);
  }

  @Property
  void aReclaimedPageThatWasAccessedBreaksAccessedPageKept(@ForAll("cases") Case c) {
    Assume.that(c.state.present(c.thread, c.page));
    c.state.running[c.thread] = false;
    c.state.accessed[c.thread][c.page] = true;
    c.state.reclaim(c.thread, c.page);
    assertHold(c.state, false, true, true);
  }

  @Property
  void anAccessedPageThatIsNotInUseMayGoAndIsStillMissedByTheRuleOfTheProposal(
      @ForAll("cases") Case c) {
    Assume.that(c.state.present(c.thread, c.page));
    c.state.knowsStackPointers = true;
    c.state.accessed[c.thread][c.page] = true;
    c.state.reclaim(c.thread, c.page);
    assertTrue(StackInvariants.livePageKept(c.state));
    assertFalse(StackInvariants.accessedPageKept(c.state));
  }

  @Property
  void aReclaimedPageThatWasNeverAccessedBreaksNothing(@ForAll("cases") Case c) {
    Assume.that(c.state.present(c.thread, c.page));
    c.state.running[c.thread] = false;
    c.state.accessed[c.thread][c.page] = false;
    c.state.reclaim(c.thread, c.page);
    assertHold(c.state, true, true, true);
  }

  @Property
  void aRunningThreadWithAPageMissingBreaksRunsFullyMapped(@ForAll("cases") Case c) {
    Assume.that(c.state.present(c.thread, c.page));
    c.state.running[c.thread] = true;
    c.state.accessed[c.thread][c.page] = false;
    c.state.reclaim(c.thread, c.page);
    assertHold(c.state, true, false, true);
  }

  @Property
  void aFrameWithTwoOwnersBreaksFrameOwnership(
      @ForAll("cases") Case c, @ForAll("owners") int owner) {
    Assume.that(c.state.present(c.thread, c.page));
    give(c.state, owner, c.state.frame(c.thread, c.page));
    assertHold(c.state, true, true, false);
  }

  @Property
  void aFrameInTwoPagesBreaksFrameOwnership(@ForAll("cases") Case c) {
    Assume.that(c.state.pages() > 1);
    int other = (c.page + 1) % c.state.pages();
    Assume.that(c.state.present(c.thread, c.page) && c.state.present(c.thread, other));
    c.state.free |= 1 << c.state.frame(c.thread, other);
    c.state.frame[c.thread][other] = c.state.frame(c.thread, c.page);
    assertHold(c.state, true, true, false);
  }

  @Property
  void aLostFrameBreaksFrameOwnership(@ForAll("cases") Case c, @ForAll("owners") int owner) {
    switch (owner) {
      case 0 -> c.state.free = 0;
      case 1 -> c.state.others = 0;
      default -> c.state.moving = 0;
    }
    assertHold(c.state, true, true, false);
  }

  @Property
  void aFrameOfTwoSetsBreaksFrameOwnership(
      @ForAll("cases") Case c, @ForAll("owners") int owner, @ForAll("owners") int second) {
    Assume.that(owner != second);
    int frames = owner == 0 ? c.state.free() : owner == 1 ? c.state.others() : c.state.moving();
    give(c.state, second, Integer.numberOfTrailingZeros(frames));
    assertHold(c.state, true, true, false);
  }

  @Property
  void aFrameThatDoesNotExistBreaksFrameOwnership(@ForAll("cases") Case c) {
    c.state.free |= 1 << (c.state.frames() + 1);
    assertHold(c.state, true, true, false);
  }

  @Provide
  Arbitrary<Integer> owners() {
    return Arbitraries.integers().between(0, 2);
  }

  private static void give(State state, int owner, int frame) {
    switch (owner) {
      case 0 -> state.free |= 1 << frame;
      case 1 -> state.others |= 1 << frame;
      default -> state.moving |= 1 << frame;
    }
  }

  @Example
  void everyPropertyHasANameAMeaningAndASentence() {
    for (dev.kstack.spec.Property property : StackProperties.ALL) {
      assertTrue(property.name().matches("[a-z-]+"), property.name());
      assertFalse(property.meaning().isBlank(), property.name());
      assertFalse(property.sentence().isBlank(), property.name());
    }
    assertEquals(
        StackProperties.ALL.size(),
        StackProperties.ALL.stream().map(dev.kstack.spec.Property::name).distinct().count());
  }
}
