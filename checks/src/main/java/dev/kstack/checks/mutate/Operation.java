package dev.kstack.checks.mutate;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An operation that model code asks of its machine, before the machine does it.
 *
 * @param kind what kind of operation
 * @param word the word, of a lock its holder; null for choices and instructions
 * @param a the value to be stored or compared; the task of an instruction
 * @param b what a cmpxchg stores
 * @param deed does it with such operands; the result of a store is 0, of a cmpxchg that failed too
 */
record Operation(Kind kind, @Nullable Word word, int a, int b, Deed deed) {
  enum Kind {
    READ,
    WRITE,
    CMPXCHG,
    XCHG,
    LOCK,
    TRYLOCK,
    UNLOCK,
    WAIT,
    WHEN,
    CHOOSE,
    EXECUTE
  }

  /** Does an operation on a machine. */
  @FunctionalInterface
  interface Deed {
    int on(Machine m, int a, int b);
  }

  int on(Machine m) {
    return deed.on(m, a, b);
  }

  /** The same with another first operand. */
  Operation with(int otherA) {
    return otherA == a ? this : new Operation(kind, word, otherA, b, deed);
  }

  /** Something else in its place. */
  Operation instead(ToIntFunction<Machine> other) {
    return new Operation(kind, word, a, b, (m, x, y) -> other.applyAsInt(m));
  }
}
