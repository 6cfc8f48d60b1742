package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.trace.Conclusion;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import org.junit.jupiter.api.Test;

/** A plain access where somebody else may come is found, and none where nobody may. */
class DataRacesTest {
  private static final Property DATA_RACE_FREE =
      new Property("data-race-free", Property.Kind.SAFETY, "no data race", "of this test");

  private final TinyProgram program = new TinyProgram();

  /** The seeded defect as it should be: the same look at need_resched, and READ_ONCE(). */
  private record TryAgainWithReadOnce(Refill refill) implements Refill {
    @Override
    public String title() {
      return refill.title();
    }

    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      return refill.refill(m, k, cpu, next)
          || m.readOnce(k.rq(cpu).needResched) == 1 && refill.refill(m, k, cpu, next);
    }
  }

  private static Subject subject(String name) {
    return Subject.all().stream()
        .filter(s -> s.name().equals(name) && s.hardware() == Hardware.MANUALS)
        .findFirst()
        .orElseThrow()
        .at(1, 1, 2, 0);
  }

  @Test
  void aMarkedAccessMadePlainIsFoundAtItsLine() {
    Subject race = subject("switch-out+RACE");
    SearchResult.Counterexample found = race.search().found().get(StackProperties.DATA_RACE_FREE);
    Run run = Run.of(race.program(), Reductions.ALL, found);
    Run.Event last =
        run.steps().get(run.steps().size() - 1).events().stream()
            .filter(e -> !e.races().isEmpty())
            .findFirst()
            .orElseThrow();
    assertEquals("TryAgainIfKicked.refill", last.function());
    assertEquals("rq[C0].need_resched", last.word());
    assertFalse(last.silent(), "and the trace shows it");
    assertTrue(last.races().matches("[CO]\\d? in \\w+\\.\\w+:\\d+, WRITE_ONCE.*"), last.races());
    assertTrue(
        Conclusion.of(StackProperties.DATA_RACE_FREE, run)
            .parts()
            .toString()
            .contains("TryAgainIfKicked.refill:" + last.line()),
        "and says it");
  }

  @Test
  void andMarkedItIsNone() {
    Subject subject = subject("switch-out");
    Decisions d = subject.decisions();
    Decisions marked = new Decisions(false, new TryAgainWithReadOnce(d.refill()), d.hook(), null);
    Kernel kernel = new Kernel(subject.sizes(), marked, Assumptions.of(Hardware.MANUALS));
    SearchResult result = new Explorer(kernel, Settings.DEFAULT).search();
    assertTrue(result.complete());
    assertFalse(result.found().containsKey(StackProperties.DATA_RACE_FREE));
  }

  @Test
  void underItsLockAPlainAccessIsNone() {
    program.layout.claimNoDataRace(DATA_RACE_FREE);
    Lock lock = program.layout.lock("lock");
    Word x = program.layout.guarded(lock, "x", WordType.BOOLEAN, 1);
    for (String name : new String[] {"P", "Q"}) {
      program.process(
          name,
          m -> {
            m.lock(lock);
            m.write(x, 1 - m.read(x));
            m.unlock(lock);
          });
    }
    assertFalse(program.search(Settings.DEFAULT).found().containsKey(DATA_RACE_FREE));
  }

  @Test
  void withoutOneItIsUnderAllReductions() {
    program.layout.claimNoDataRace(DATA_RACE_FREE);
    Word x = program.layout.word("x", WordType.BOOLEAN, 1);
    program.process("P", m -> m.write(x, 1));
    program.process("Q", m -> m.readOnce(x));
    for (Reductions r : new Reductions[] {Reductions.NONE, Reductions.ALL}) {
      SearchResult result = program.search(Settings.DEFAULT.withReductions(r));
      SearchResult.Counterexample run = result.found().get(DATA_RACE_FREE);
      assertEquals(1, run.steps().size());
      Run.Event last = Run.of(program, r, run).steps().get(0).events().get(0);
      assertTrue(last.races().matches("Q in .*:\\d+, READ_ONCE\\(x\\)"), last.races());
    }
  }

  @Test
  void twoLoadsAreNone() {
    program.layout.claimNoDataRace(DATA_RACE_FREE);
    Word x = program.layout.word("x", WordType.BOOLEAN, 1);
    program.process("P", m -> m.read(x)).process("Q", m -> m.read(x));
    assertFree();
  }

  /** Nobody declares that x is handed over; who acquires the flag has it. */
  @Test
  void whatIsHandedOverByReleaseAndAcquireIsNone() {
    handsOver(true);
    assertFree();
  }

  @Test
  void withoutTheAcquireItIsOne() {
    handsOver(false);
    for (Reductions r : new Reductions[] {Reductions.NONE, Reductions.ALL}) {
      assertTrue(races(r), r.toString());
    }
  }

  private void handsOver(boolean acquires) {
    program.layout.claimNoDataRace(DATA_RACE_FREE);
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    Word ready = program.layout.word("ready", WordType.BOOLEAN, 1);
    program.process(
        "P",
        m -> {
          m.waitUntil(ready, 0);
          m.write(x, 1 - m.read(x));
          m.storeRelease(ready, 1);
        });
    program.process(
        "Q",
        m -> {
          if (acquires) {
            m.waitUntil(ready, 1);
          }
          m.read(x);
          m.storeRelease(ready, 0);
        });
  }

  /** Both take the lock in one step with the access, which others then cannot come to. */
  @Test
  void aLockThatNobodyDeclaresToGuardItProtectsAllTheSame() {
    accessUnder(true);
    assertFree();
  }

  @Test
  void theLocksOfTwoWhoTakeDifferentOnesDoNot() {
    accessUnder(false);
    for (Reductions r : new Reductions[] {Reductions.NONE, Reductions.ALL}) {
      assertTrue(races(r), r.toString());
    }
  }

  private void accessUnder(boolean same) {
    program.layout.claimNoDataRace(DATA_RACE_FREE);
    Lock[] locks = {program.layout.lock("a"), program.layout.lock("b")};
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    for (int p = 0; p < 2; p++) {
      Lock lock = locks[same ? 0 : p];
      program.process(
          "P" + p,
          m -> {
            m.lock(lock);
            m.write(x, 1 - m.read(x));
            m.unlock(lock);
          });
    }
  }

  /** Who waits for a word reads it all along. */
  @Test
  void whoWaitsForTheWordRacesWithAPlainStore() {
    program.layout.claimNoDataRace(DATA_RACE_FREE);
    Word x = program.layout.word("x", WordType.NUMBER, 2);
    program.process("P", m -> m.write(x, 1));
    program.process("Q", m -> m.waitUntil(x, 2));
    for (Reductions r : new Reductions[] {Reductions.NONE, Reductions.ALL}) {
      assertTrue(races(r), r.toString());
    }
  }

  private void assertFree() {
    for (Reductions r : new Reductions[] {Reductions.NONE, Reductions.ALL}) {
      assertFalse(races(r), r.toString());
    }
  }

  private boolean races(Reductions reductions) {
    SearchResult result = program.search(Settings.DEFAULT.withReductions(reductions));
    assertTrue(result.complete());
    assertTrue(result.premises().contains(DATA_RACE_FREE));
    return result.found().containsKey(DATA_RACE_FREE);
  }
}
