package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
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

  /** As the model has it, and a look at need_resched without READ_ONCE(). */
  private record ForgotReadOnce(Refill refill) implements Refill {
    @Override
    public String title() {
      return refill.title();
    }

    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      m.read(k.rq(cpu).needResched);
      return refill.refill(m, k, cpu, next);
    }
  }

  @Test
  void aMarkedAccessMadePlainIsFoundAtItsLine() {
    Subject subject =
        Subject.of(
            Designs.ALL.stream().filter(d -> d.name().equals("switch-out")).findFirst().get(),
            Hardware.MANUALS);
    Decisions d = subject.decisions();
    Decisions plain = new Decisions(false, new ForgotReadOnce(d.refill()), d.hook(), null);
    Kernel kernel = new Kernel(subject.at(1, 1, 2, 0).sizes(), plain, Hardware.MANUALS);
    SearchResult result = new Explorer(kernel, Settings.DEFAULT).search();
    SearchResult.Counterexample found = result.found().get(StackProperties.DATA_RACE_FREE);
    Run run = Run.of(kernel, Reductions.ALL, found);
    assertTrue(
        run.steps().get(run.steps().size() - 1).events().stream()
            .anyMatch(e -> e.function().equals("ForgotReadOnce.refill")),
        run.toString());
    assertFalse(
        subject.at(1, 1, 2, 0).search().found().containsKey(StackProperties.DATA_RACE_FREE));
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
      assertEquals(1, result.found().get(DATA_RACE_FREE).steps().size());
    }
  }
}
