package dev.kstack.checks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.model.design.Designs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stacks hold, of one CPU and two threads with two pages each. */
class MeasuringTest {
  /** The columns: asleep from and to, most held, kept for ever. */
  @ParameterizedTest
  @CsvSource({
    "static, 4, 4, 4, 4",
    "switch-out, 2, 4, 4, 4",
    "shrinker, 2, 4, 4, 4",
    "decay, 2, 4, 4, 2",
    "below-sp, 2, 4, 4, 2",
    "user-edge, 2, 4, 4, 2",
    "fault, 2, 4, 5, 5", // the last is in the CPU's reserve
    "freezer, 2, 4, 4, 4", // the most where it is not frozen
    "freezer-sp, 2, 4, 4, 2",
    "entry, 0, 0, 2, 0", // in whole stacks
  })
  void whatStacksHold(String design, int leastAsleep, int mostAsleep, int most, int kept) {
    Measures m = measure(design, Budget.UNLIMITED);

    assertEquals(leastAsleep, m.leastAsleep());
    assertEquals(mostAsleep, m.mostAsleep());
    assertEquals(most, m.mostHeld());
    assertEquals(kept, m.keptForEver());
    assertTrue(m.decided());
  }

  /** The columns: with a lock, under RCU, with frames in hand. */
  @ParameterizedTest
  @CsvSource({
    "static, ok, ok, ok",
    "switch-out, X, X, X",
    "pin-holders, ok, ok, ok",
    "try-or-reap, ok, X, X",
    "no-preempt-reclaim, X, X, ok",
    "user-edge, ok, ok, ok",
    "entry, ok, ok, ok",
    "freezer, ok, ok, ok",
  })
  void whoHoldsSomethingIsTrappedOrNot(String design, String locks, String rcu, String inHand) {
    Measures m = measure(design, Budget.UNLIMITED);

    assertEquals(locks, m.locks().cell().split(" ")[0]);
    assertEquals(rcu, m.rcu().cell().split(" ")[0]);
    assertEquals(inHand, m.inHand().cell().split(" ")[0]);
  }

  @Test
  void whatIsCutShortIsNotMeasured() {
    Measures m = measure("switch-out", new Budget(50, 60, Long.MAX_VALUE));

    assertNull(m.mostHeld());
    assertNull(m.keptForEver());
    assertTrue(m.frames().undecided());
    assertTrue(!m.decided());
  }

  private static Measures measure(String design, Budget budget) {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    return new Measuring(
            1,
            2,
            2,
            catalogue.find("static"),
            (job, program, progress) ->
                new Explorer(
                        program, Settings.DEFAULT.withBudget(budget).withProgressOfTasks(progress))
                    .search())
        .of(catalogue.find(design));
  }
}
