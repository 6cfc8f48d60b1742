package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.spec.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the initial state, the nearest violation is as far as the search says. */
class NearestTest {
  private static final Budget ENOUGH = new Budget(2_000_000, 60, 1L << 30);

  private static Job job(String name) {
    Subject subject = new Catalogue(Designs.ALL).find(name);
    return new Job(subject, Assumptions.of(Hardware.MANUALS), SizeOptions.NONE.of(subject));
  }

  @ParameterizedTest
  @ValueSource(strings = {"switch-out+H8", "switch-out+H1", "shrinker+H7"})
  void asFarAsTheSearchSays(String name) throws BudgetSpentException {
    Job job = job(name);
    SearchResult search = new Explorer(job.program(), Settings.DEFAULT).search();
    assertTrue(search.complete());
    int violations = 0;
    for (Property property : job.program().layout().claims()) {
      if (property.kind() == Property.Kind.PROGRESS) {
        continue;
      }
      Guide guide = new Guide(job.program(), Reductions.ALL);
      ImmutableList<Step> steps = guide.nearest(guide.start(), property, ENOUGH);
      if (!search.found().containsKey(property)) {
        assertNull(steps, property::name);
      } else {
        assertEquals(search.found().get(property).steps().size(), steps.size(), property::name);
        Position at = guide.start();
        for (Step step : steps) {
          at = guide.take(at, step).to();
        }
        assertTrue(at.raised().contains(property), property::name);
        violations++;
      }
    }
    assertTrue(violations > 1, "something was found");
  }

  /** One step nearer after each step of the way, whatever names the way has given. */
  @Test
  void nearerWithEachStepOfTheWay() throws BudgetSpentException {
    Job job = job("switch-out+H8");
    Guide guide = new Guide(job.program(), Reductions.ALL);
    Property property = dev.kstack.spec.StackProperties.NO_STACK_FAULT;
    Position at = guide.start();
    ImmutableList<Step> way = guide.nearest(at, property, ENOUGH);
    for (int taken = 0; taken < way.size(); taken += 8) {
      assertEquals(way.size() - taken, guide.nearest(at, property, ENOUGH).size());
      for (int i = taken; i < Math.min(taken + 8, way.size()); i++) {
        at = guide.take(at, way.get(i)).to();
      }
    }
  }

  @Test
  void theBudgetEndsIt() {
    Guide guide = new Guide(job("switch-out").program(), Reductions.ALL);
    assertThrows(
        BudgetSpentException.class,
        () ->
            guide.nearest(
                guide.start(),
                dev.kstack.spec.StackProperties.NO_STACK_FAULT,
                new Budget(100, 60, 1L << 30)));
  }
}
