package dev.kstack.checks.explore;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;

/**
 * Who waits for whom: a circle of processes that wait for each other is a deadlock of those in it.
 */
final class Waits {
  private final StateFormat format;
  private final Automaton[] automata;
  private final int[] waitsFor;

  Waits(StateFormat format, Automaton[] automata) {
    this.format = format;
    this.automata = automata;
    this.waitsFor = new int[automata.length];
  }

  /** Is there a circle? The memory is bound to the state. */
  boolean inCircle(long[] state, Memory memory) {
    int waiting = 0;
    for (int p = 0; p < automata.length; p++) {
      waitsFor[p] = waitsFor(state, memory, p);
      waiting |= waitsFor[p] == 0 ? 0 : 1 << p;
    }
    // Who waits for nobody in the rest will go on, and then who waits for them, and so on.
    for (boolean changed = waiting != 0; changed; ) {
      changed = false;
      for (int p = 0; p < automata.length; p++) {
        if ((waiting & 1 << p) != 0 && (waitsFor[p] & waiting) == 0) {
          waiting &= ~(1 << p);
          changed = true;
        }
      }
    }
    return waiting != 0;
  }

  /** The processes that somebody waits for to act, not counting holders of locks; a bit each. */
  int awaited(long[] state, Memory memory) {
    int awaited = 0;
    for (int p = 0; p < automata.length; p++) {
      Op op = automata[p].op(format.node(state, p));
      if (op.kind() == Op.Kind.WAIT && memory.get(op.word()) != op.a()) {
        awaited |= op.word().answeredBy(memory.get(op.word()));
      }
    }
    return awaited;
  }

  /** For whom the process waits; a bit each. */
  private int waitsFor(long[] state, Memory memory, int process) {
    Op op = automata[process].op(format.node(state, process));
    if (!op.waits()) {
      return 0;
    }
    Word word = op.word();
    int value = memory.get(word);
    return switch (op.kind()) {
      case LOCK -> value == 0 ? 0 : 1 << (value - 1);
      case WAIT -> value == op.a() ? 0 : word.answeredBy(value);
      default -> 0;
    };
  }
}
