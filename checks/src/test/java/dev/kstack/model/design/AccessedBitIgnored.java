package dev.kstack.model.design;

import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;

/** {@link CompareAndExchange} with one condition deleted: it does not look at A. */
public record AccessedBitIgnored() implements ReclaimTest {
  @Override
  public String title() {
    return "P is cleared by one cmpxchg, whatever A is";
  }

  @Override
  public int tryUnmap(Machine m, Word word) {
    int pte = m.readOnce(word);
    if (!Pte.present(pte)) {
      return 0;
    }
    return m.cmpxchg(word, pte, 0) ? Pte.frame(pte) : 0;
  }

  /** The switch-out design with it. */
  public static Decisions atSwitchOut() {
    return new Decisions(
        false, new AllOrNothing(), new ReclaimBeforeFinishTask(new AccessedBitIgnored()), null);
  }

  /** The shrinker with it. */
  public static Decisions inTheShrinker() {
    return new Decisions(
        false,
        new AllOrNothing(),
        new NothingAtSwitchOut(),
        new Scan(new TaskCallFunc(), new AccessedBitIgnored(), new FlushThenFree()));
  }
}
