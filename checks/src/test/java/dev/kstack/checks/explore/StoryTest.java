package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.bench.FilterLock;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.ModelError;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left of a run still leads to its end, and nothing of it can be spared. */
class StoryTest {
  private static final FilterLock PROGRAM = new FilterLock(3, true);

  /** Some walk of some length that breaks the lock, with whatever else happened on the way. */
  private static Counterexample longRun(long seed) {
    RandomWalk walks = new RandomWalk(PROGRAM, Reductions.ALL);
    for (long s = seed; ; s += 1000) {
      RandomWalk.Walk walk = walks.walk(Picker.random(s), 400, Set.of(FilterLock.MUTUAL_EXCLUSION));
      if (walk.raised().containsKey(FilterLock.MUTUAL_EXCLUSION)
          && walk.run().steps().size() > 20) {
        return walk.run();
      }
    }
  }

  private static boolean breaks(List<Step> steps) {
    try {
      return Run.of(PROGRAM, Reductions.ALL, new Counterexample(ImmutableList.copyOf(steps)))
          .raised()
          .contains(FilterLock.MUTUAL_EXCLUSION);
    } catch (ModelError e) {
      return false;
    }
  }

  @Test
  void whatMattersBreaksTheSameAndNoStepOfItCanBeSpared() {
    for (long seed = 1; seed <= 20; seed++) {
      Counterexample run = longRun(seed);
      Story story = Story.of(PROGRAM, Reductions.ALL, run, FilterLock.MUTUAL_EXCLUSION);
      List<Step> steps = story.run().steps();

      assertEquals(run.steps().size(), story.of());
      assertTrue(story.steps() < story.of() && story.isShorter(), "nothing was left out");
      assertTrue(breaks(steps), "seed " + seed);
      for (int i = 0; i < steps.size(); i++) {
        List<Step> without = new ArrayList<>(steps);
        without.remove(i);
        assertFalse(breaks(without), "seed %d: step %d can be spared".formatted(seed, i));
      }
    }
  }

  /** Beside every order that there is, tried one by one. */
  @Test
  void noOtherOrderOfTheStepsTakesFewerTurns() {
    int better = 0;
    for (long seed = 1; seed <= 10; seed++) {
      Story story = Story.of(PROGRAM, Reductions.ALL, longRun(seed), FilterLock.MUTUAL_EXCLUSION);
      assertTrue(story.fewest());
      List<List<Step>> own = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      story.run().steps().forEach(step -> own.get(step.process()).add(step));
      assertEquals(fewest(own, new int[3], new ArrayList<>()), story.turns(), "seed " + seed);
      assertEquals(Story.turns(story.run().steps()), story.turns());
      better += story.turns() < story.turnsBefore() ? 1 : 0;
    }
    assertTrue(better > 0, "the order was never changed");
  }

  private static int fewest(List<List<Step>> own, int[] taken, List<Step> done) {
    boolean all = true;
    int fewest = Integer.MAX_VALUE;
    for (int p = 0; p < taken.length; p++) {
      if (taken[p] < own.get(p).size()) {
        all = false;
        done.add(own.get(p).get(taken[p]));
        taken[p]++;
        fewest = Math.min(fewest, fewest(own, taken, done));
        taken[p]--;
        done.remove(done.size() - 1);
      }
    }
    return all && breaks(done) ? Story.turns(done) : fewest;
  }

  @Test
  void whoGivesUpSaysSoAndKeepsTheOrder() {
    Counterexample run = longRun(1);
    Story given =
        new Story.Teller(new Stepper(PROGRAM, Reductions.ALL), 3)
            .tell(run, FilterLock.MUTUAL_EXCLUSION);
    assertFalse(given.fewest());
    assertTrue(breaks(given.run().steps()));
  }

  /** A step that nobody needs, before the trap and before the loop. */
  @Test
  void aTrapAndALoopAreReachedInTheVerySameState() {
    Design design =
        Designs.ALL.stream().filter(d -> d.name().equals("switch-out")).findFirst().orElseThrow();
    Decisions partialFill =
        design.defects().stream()
            .filter(d -> d.hazard().equals("H16"))
            .findFirst()
            .orElseThrow()
            .decisions();
    Kernel kernel =
        new Kernel(new Sizes(1, 2, 3, 4, 0, 0), partialFill, Assumptions.of(Hardware.MANUALS));
    SearchResult result = new Explorer(kernel, Settings.DEFAULT.withProgressOfTasks(true)).search();
    for (var property : List.of(StackProperties.SCHEDULABLE, StackProperties.RUNS_EVENTUALLY)) {
      Counterexample run = result.found().get(property);
      Story story = Story.of(kernel, Reductions.ALL, run, property);
      Run before = Run.of(kernel, Reductions.ALL, run);
      Run after = Run.of(kernel, Reductions.ALL, story.run());
      assertEquals(before.words(), after.words());
      assertTrue(after.held() != null && after.held().closes() && !after.held().runs());
      if (run.ending() instanceof Ending.Loop loop) {
        Ending.Loop told = (Ending.Loop) story.run().ending();
        assertEquals(
            run.steps().subList(loop.from(), run.steps().size()),
            story.run().steps().subList(told.from(), story.steps()));
      }
    }
  }
}
