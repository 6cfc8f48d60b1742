package dev.kstack.checks.mutate;

import dev.kstack.checks.mutate.Mutation.Expected;
import dev.kstack.checks.report.Outcome;

/** What became of a mutant, beside what should. */
record Trial(Mutation mutation, Fate fate) {
  /** Was it killed if it should be, and not if nobody can tell it from the design? */
  Outcome outcome() {
    boolean killed = fate instanceof Fate.Killed || fate instanceof Fate.Refused;
    if (killed) {
      return as(mutation.expected() instanceof Expected.Killed);
    }
    if (fate instanceof Fate.Undecided) {
      return Outcome.UNDECIDED;
    }
    return as(fate instanceof Fate.Survived && mutation.expected() instanceof Expected.Equivalent);
  }

  private static Outcome as(boolean expected) {
    return expected ? Outcome.AS_EXPECTED : Outcome.NOT_AS_EXPECTED;
  }
}
