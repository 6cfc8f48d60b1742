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

  /** For whom somebody waits who cannot go on before they answer; a bit each. */
  int asked(long[] state, Memory memory) {
    int asked = 0;
    for (int p = 0; p < automata.length; p++) {
      boolean waits = automata[p].op(format.node(state, p)).kind() == Op.Kind.WAIT;
      asked |= waits ? waitsFor(state, memory, p) & ~(1 << p) : 0;
    }
    return asked;
  }

  /**
   * May the process be blocked until another one acts, or for ever? Not if it can go on by itself,
   * or waits for such as can.
   *
   * @param other the process that is asked to act, if the answer is true for no other reason
   */
  boolean isStuck(long[] state, Memory memory, int process, int other) {
    return isStuck(state, memory, process, 1 << other, true);
  }

  /** Of those seen already, none can be relied on: the other, and who waits for whom we look. */
  private boolean isStuck(long[] state, Memory memory, int process, int seen, boolean holds) {
    if ((seen & 1 << process) != 0) {
      return true;
    }
    int node = format.node(state, process);
    if (automata[process].rest(node)) {
      return holds; // it need not begin anything, and only beginning may release what it holds
    }
    Op op = automata[process].op(node);
    if (!op.waits()) {
      return !isPossible(memory, process, node);
    }
    int value = memory.get(op.word());
    if (op.kind() == Op.Kind.LOCK) {
      return value != 0 && isStuck(state, memory, value - 1, seen | 1 << process, true);
    }
    if (value == op.a()) {
      return false;
    }
    int answers = op.word().answeredBy(memory);
    boolean stuck = answers == 0;
    for (; answers != 0 && !stuck; answers &= answers - 1) {
      int who = Integer.numberOfTrailingZeros(answers);
      stuck = isStuck(state, memory, who, seen | 1 << process, false);
    }
    return stuck;
  }

  private boolean isPossible(Memory memory, int process, int node) {
    Automaton automaton = automata[process];
    Op op = automaton.op(node);
    return switch (op.kind()) {
      case READ, WRITE, CMPXCHG, XCHG, TRYLOCK, UNLOCK -> true;
      case LOCK -> memory.get(op.word()) == 0;
      case WAIT -> memory.get(op.word()) == op.a();
      case WHEN ->
          memory.get(op.word()) == op.a() && isPossible(memory, process, automaton.next(node, 0));
      case EXECUTE -> op.instruction().variants(memory, process, op.a(), op.b(), op.c()) != 0;
      case CHOOSE -> {
        int value = op.a();
        while (value <= op.b() && !isPossible(memory, process, automaton.next(node, value))) {
          value++;
        }
        yield value <= op.b();
      }
      case CHOOSE_ONE -> {
        int set = op.a();
        while (set != 0 && !isPossible(memory, process, automaton.next(node, op.first(set)))) {
          set &= set - 1;
        }
        yield set != 0;
      }
    };
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
      case WAIT -> value == op.a() ? 0 : word.answeredBy(memory);
      default -> 0;
    };
  }
}
