package dev.kstack.checks.mutate;

import static dev.kstack.checks.mutate.Operation.Kind.CMPXCHG;
import static dev.kstack.checks.mutate.Operation.Kind.READ;
import static dev.kstack.checks.mutate.Operation.Kind.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.design.FrameRule;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.StackProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutantSearchTest {
  private static final ImmutableList<Rung> SMALLEST = Rung.QUICK.subList(0, 1);
  private static final String TRY_UNMAP = "CompareAndExchange.tryUnmap";

  private static final Mutation STORE =
      Mutation.of("switch-out", "store", "P is cleared by a store")
          .rewriting(Place.of(CMPXCHG, "pte[]", TRY_UNMAP), Edit.store());

  private static final Mutation HARMLESS =
      Mutation.of("switch-out", "harmless", "a cmpxchg tells what it did")
          .rewriting(Place.of(CMPXCHG, "pte[]", TRY_UNMAP), Edit.telling(result -> result));

  @Test
  void killerIsTheShortestRun() {
    Fate.Killed killed = (Fate.Killed) fate(STORE);
    assertEquals(StackProperties.REFINES_SPEC, killed.property());
    assertEquals(killed.steps(), Integer.toString(killed.run().steps().size()));
  }

  @Test
  void traceShowsTheModelAndNotTheMachinery() {
    Fate.Killed killed = (Fate.Killed) fate(STORE);
    Job job = MutationsTest.search(STORE, Settings.DEFAULT).job(STORE, killed.rung());
    String trace = MutationRun.trace(job, STORE, killed);

    assertTrue(
        trace.lines().anyMatch(l -> l.contains(TRY_UNMAP) && l.contains("WRITE_ONCE(A.pte[0], 0)")),
        trace);
    assertTrue(trace.contains("Mmu.touch:"), trace);
    for (String machinery : new String[] {"MutatingMachine", "Operation.", "Edit."}) {
      assertFalse(trace.contains(machinery), trace);
    }
  }

  @Test
  void searchOfAMutantIsDeterministic() {
    for (Mutation mutation : Mutations.ALL.subList(14, 22)) {
      Fate once = fate(mutation);
      Settings debug = Settings.DEFAULT.withDebug(true); // runs every process at every step
      assertEquals(once, MutationsTest.fate(mutation, SMALLEST, debug), mutation::name);
    }
  }

  @Test
  void whatIsNeverAppliedIsNoSurvivor() {
    Place nowhere = Place.of(WRITE, "pte[]", "MissingPages.of");
    Mutation never = STORE.rewriting(nowhere, Edit.dropped());

    assertEquals(nowhere, ((Fate.NotApplied) fate(never)).place());
    assertEquals(Outcome.NOT_AS_EXPECTED, outcome(never));
    assertEquals(Outcome.NOT_AS_EXPECTED, outcome(never.equivalent("not even tried")));
  }

  @Test
  void anEditThatChangesNothingIsNotApplied() {
    Mutation same =
        Mutation.of("switch-out", "same", "the same value")
            .rewriting(Place.of(WRITE, "pte[]", "AllOrNothing.map"), Edit.storing(value -> value));
    assertInstanceOf(Fate.NotApplied.class, fate(same));
  }

  @Test
  void survivorMustBeDeclared() {
    assertEquals(Outcome.NOT_AS_EXPECTED, outcome(HARMLESS));
    assertEquals(Outcome.AS_EXPECTED, outcome(HARMLESS.equivalent("it tells what is so")));
  }

  @Test
  void equivalentThatIsKilledIsWrong() {
    assertEquals(Outcome.AS_EXPECTED, outcome(STORE));
    assertEquals(Outcome.NOT_AS_EXPECTED, outcome(STORE.equivalent("it is not")));
  }

  @Test
  void whoeverBreaksTheRulesIsKilledByThemOrWithoutThem() {
    Mutation unlocked =
        Mutation.of("switch-out", "unlocked", "on_cpu is not set")
            .rewriting(Place.of(WRITE, "on_cpu", "Scheduler.contextSwitch"), Edit.dropped());
    Fate.Killed killed = (Fate.Killed) fate(unlocked);
    assertEquals(StackProperties.LOCKING_RULES, killed.property());
    Job job = MutationsTest.search(unlocked, Settings.DEFAULT).job(unlocked, killed.rung());
    String trace = MutationRun.trace(job.breaking(killed.broken()), unlocked, killed);
    assertTrue(trace.contains("locking-rules is VIOLATED"), trace);

    Fate.Killed otherwise = (Fate.Killed) fate(unlocked.withoutRules());
    assertNotEquals(StackProperties.LOCKING_RULES, otherwise.property());
  }

  /** What who edits the locking does first: see also the defects H8, whose locking is wrong. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "switch-out~refill-without-lock",
        "switch-out~waits-without-pi-lock",
        "shrinker~refill-without-lock",
        "shrinker~waits-without-pi-lock",
        "shrinker~on-cpu-never-read",
        "shrinker~scans-without-pi-lock"
      })
  void editsOfLockingAreKilledByTheRules(String name) {
    Mutation mutation = named(name);
    Fate.Killed killed = (Fate.Killed) fate(mutation);
    assertEquals(StackProperties.LOCKING_RULES, killed.property());
    Job job = MutationsTest.search(mutation, Settings.DEFAULT).job(mutation, killed.rung());
    String trace = MutationRun.trace(job.breaking(killed.broken()), mutation, killed);
    assertTrue(trace.replaceAll("\\s+", " ").contains("K: kernel/sched/core.c"), trace);
  }

  @Test
  void aReferenceCountBelowZeroIsSaidAsTheKernelSaysIt() {
    Mutation twice = named("fork-exit~stack-put-twice");
    Fate.Killed killed = (Fate.Killed) fate(twice);
    assertEquals(StackProperties.LOCKING_RULES, killed.property());
    Job job = MutationsTest.search(twice, Settings.DEFAULT).job(twice, killed.rung());
    String trace = MutationRun.trace(job, twice, killed);
    assertTrue(trace.contains("refcount_t: underflow; use-after-free."), trace);
  }

  /** Every thread has a frame for each page, so who cannot run is not doomed. */
  @Test
  void aStackThatIsNeverRefilledAgainIsATrapThatIsNoDoom() {
    Fate.Killed killed =
        (Fate.Killed)
            MutationsTest.fate(named("shrinker~flushing-stays"), Rung.QUICK.subList(2, 3));
    assertEquals(StackProperties.SCHEDULABLE, killed.property());
  }

  /** {@code available > 2 * reserve}: too little is left for others, so nobody has to wait. */
  @Test
  void theReserveThatOthersLeaveMatters() {
    Mutation twice =
        Mutation.of("switch-out", "reserve-twice", "others leave twice the reserve")
            .rewriting(
                Place.of(READ, "pool.free", "FramePool.takeForOthers"),
                Edit.telling(free -> Integer.bitCount(free) > 2 ? free : 0));
    Rung reserved =
        new Rung(Hardware.MANUALS, new DefaultSizes(2, 2, 2, FrameRule.EVERY_PAGE, 1), false);
    Fate.Killed killed = (Fate.Killed) MutationsTest.fate(twice, ImmutableList.of(reserved));
    assertEquals(StackProperties.PARKS, killed.property());
    assertEquals("unreachable", killed.steps());
  }

  private static Mutation named(String name) {
    return Mutations.ALL.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void budgetKillsNobody() {
    Settings few =
        Settings.DEFAULT.withBudget(new Budget(10, Double.POSITIVE_INFINITY, Long.MAX_VALUE));
    Fate fate = MutationsTest.fate(HARMLESS, SMALLEST, few);
    assertInstanceOf(Fate.Undecided.class, fate);
    assertEquals(Outcome.UNDECIDED, new Trial(HARMLESS, fate).outcome());
  }

  /** A read in a function is another one than the same read in a function that this one calls. */
  @Test
  void placeIsTheInnermostFunctionBelowTheOthers() {
    assertInstanceOf(Fate.NotApplied.class, fate(onRqReadIn("Wakeup.tryToWakeUp", "x")));
    assertInstanceOf(Fate.NotApplied.class, fate(onRqReadIn("x", "Wakeup.ttwuRunnable")));
    assertInstanceOf(Fate.Survived.class, fate(onRqReadIn("Wakeup.ttwuRunnable")));
    assertInstanceOf(
        Fate.Survived.class, fate(onRqReadIn("Wakeup.tryToWakeUp", "Wakeup.ttwuRunnable")));
  }

  private static Mutation onRqReadIn(String... functions) {
    return Mutation.of("switch-out", "read", "a read that tells what it read")
        .rewriting(Place.of(READ, "on_rq", functions), Edit.telling(value -> value));
  }

  private static Fate fate(Mutation mutation) {
    return MutationsTest.fate(mutation, SMALLEST);
  }

  private static Outcome outcome(Mutation mutation) {
    return new Trial(mutation, fate(mutation)).outcome();
  }
}
