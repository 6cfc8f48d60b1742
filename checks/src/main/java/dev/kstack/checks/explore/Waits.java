package dev.kstack.checks.explore;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;

/** Who waits for whom: a circle of processes that wait for each other is a deadlock of those in it. */
final class Waits {
  private static final int NOBODY = -1;

  private final StateFormat format;
  private final Automaton[] automata;

  Waits(StateFormat format, Automaton[] automata) {
    this.format = format;
    this.automata = automata;
  }

  /** Is there a circle? The memory is bound to the state. */
  boolean inCircle(long[] state, Memory memory) {
    for (int p = 0; p < automata.length; p++) {
      int q = waitsFor(state, memory, p);
      for (int steps = 0; q != NOBODY && q != p && steps < automata.length; steps++) {
        q = waitsFor(state, memory, q);
      }
      if (q == p) {
        return true;
      }
    }
    return false;
  }

  private int waitsFor(long[] state, Memory memory, int process) {
    Op op = automata[process].op(format.node(state, process));
    if (!op.waits()) {
      return NOBODY;
    }
    Word word = op.word();
    int value = memory.get(word);
    return switch (op.kind()) {
      case LOCK -> value == 0 ? NOBODY : value - 1;
      case WAIT -> value == op.a() ? NOBODY : word.answeredBy(value);
      default -> NOBODY;
    };
  }
}
