package dev.kstack.checks.explore;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The operation that a process wants next, at one point of its code.
 *
 * @param kind what kind of operation
 * @param name as in the model's code: {@code readOnce}
 * @param word the word, or a lock's holder; null for choices and instructions
 * @param instruction for {@link Kind#EXECUTE}
 * @param a first operand: the value to be stored or compared, the lowest choice, the set
 * @param b second operand: what cmpxchg stores, the highest choice
 * @param c third operand of an instruction
 * @param result what the result means
 * @param what a choice's name
 * @param site where it stands in the model
 */
record Op(
    Kind kind,
    String name,
    @Nullable Word word,
    @Nullable Instruction instruction,
    int a,
    int b,
    int c,
    WordType result,
    String what,
    Site site) {

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
    CHOOSE_ONE,
    EXECUTE
  }

  /** Is it the environment's, and so no step of its own? */
  boolean isChoice() {
    return kind == Kind.CHOOSE || kind == Kind.CHOOSE_ONE;
  }

  /** A load or store that the compiler may tear, fuse and repeat. */
  boolean isPlain() {
    return kind == Kind.READ && name.equals("read") || kind == Kind.WRITE && name.equals("write");
  }

  /** May it change its word? */
  boolean stores() {
    return kind != Kind.READ && kind != Kind.WAIT;
  }

  /** A load by which its caller holds nothing, and orders nothing. */
  boolean isOnlyALook() {
    return kind == Kind.READ && name.equals("READ_ONCE");
  }

  /** Of a choice: what may be chosen, in order. */
  int[] values() {
    return kind == Kind.CHOOSE
        ? IntStream.rangeClosed(a, b).toArray()
        : IntStream.range(0, Integer.SIZE)
            .filter(bit -> (a >>> bit & 1) != 0)
            .map(bit -> result == WordType.TASK ? bit + 1 : bit)
            .toArray();
  }

  /** Of a choice of one element: the first of what is left of the set. */
  int first(int set) {
    int bit = Integer.numberOfTrailingZeros(set);
    return result == WordType.TASK ? bit + 1 : bit;
  }

  /** A process that finds it blocked spins there, and takes no other way. */
  boolean waits() {
    return kind == Kind.LOCK || kind == Kind.WAIT;
  }

  /** The same operation, wherever it is written? */
  boolean sameAs(Op o) {
    return kind == o.kind
        && word == o.word
        && instruction == o.instruction
        && a == o.a
        && b == o.b
        && c == o.c
        && what.equals(o.what);
  }

  /**
   * Is the other what this is under other names? Of an instruction's operands, one may be a task.
   */
  boolean sameUnder(Renaming names, Op o) {
    return kind == o.kind
        && instruction == o.instruction
        && what.equals(o.what)
        && (word == null ? o.word == null : o.word != null && names.isName(word, o.word))
        && sameOperandsUnder(names, o);
  }

  private boolean sameOperandsUnder(Renaming names, Op o) {
    return switch (kind) {
      case READ, LOCK, TRYLOCK, UNLOCK -> true;
      case WRITE, XCHG, WAIT, WHEN, CMPXCHG -> {
        WordType type = Objects.requireNonNull(word).type();
        yield names.isName(type, a, o.a) && names.isName(type, b, o.b);
      }
      case CHOOSE -> a == o.a && b == o.b;
      case CHOOSE_ONE ->
          names.isName(result == WordType.TASK ? WordType.TASKS : WordType.FRAMES, a, o.a);
      case EXECUTE -> (a == o.a || names.isName(WordType.TASK, a, o.a)) && b == o.b && c == o.c;
    };
  }
}
