package dev.kstack.checks.explore;

import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.RuleBroken;
import dev.kstack.model.machine.Word;

/** How an operation commutes with what other processes do; and whether it is allowed at all. */
final class Movers {
  private final Automaton[] automata;
  private final Memory memory;
  private final boolean join;

  /**
   * Of the memory as it is at each question.
   *
   * @param join whether operations are joined; if not, nothing is taken to commute
   */
  Movers(Automaton[] automata, Memory memory, boolean join) {
    this.automata = automata;
    this.memory = memory;
    this.join = join;
  }

  /**
   * A lock that nobody tries is noticed only by who must wait for it, so it may as well come later:
   * unless the step has taken another that stands above it in the order of locks, or whose place is
   * not declared. A circle of processes that wait for each other's locks breaks the order
   * somewhere; whoever breaks it is seen with the lock that it holds, and so all of them are found
   * waiting.
   */
  boolean takesLock(Op op) {
    return join && op.kind() == Op.Kind.LOCK && !op.word().tried();
  }

  /** Of an instruction, in one of the ways in which it can happen. */
  Mover of(int process, Op op, int variant) {
    return join
        ? op.instruction().mover(memory, process, variant, op.a(), op.b(), op.c())
        : Mover.NONE;
  }

  /**
   * Of an operation on a word.
   *
   * @throws ModelError if this process may not touch the word now
   */
  Mover of(int process, Op op) {
    Word word = op.word();
    if (word == null) {
      return Mover.NONE;
    }
    if (op.kind() == Op.Kind.UNLOCK) {
      return word.tried()
          ? Mover.NONE
          : Mover.LEFT; // a trylock before it fails, one after it does not
    }
    if (word.owner() >= 0) {
      require(word.owner() == process, process, op, word.owner());
      return join ? Mover.BOTH : Mover.NONE;
    }
    if (word.guard() != null) {
      int holder = memory.get(word.guard().holder()) - 1;
      require(holder == process, process, op, holder);
      return join ? Mover.BOTH : Mover.NONE;
    }
    Exclusive exclusive = word.exclusive();
    if (exclusive == null) {
      return Mover.NONE;
    }
    int owner = exclusive.owner(memory);
    require(owner == process || owner == Exclusive.EVERYBODY, process, op, owner);
    boolean waits = op.kind() == Op.Kind.WAIT && memory.get(word) != op.a();
    boolean writes = op.kind() != Op.Kind.READ && op.kind() != Op.Kind.WAIT;
    if (owner == Exclusive.EVERYBODY) {
      int writer = exclusive.writer(memory);
      require(!writes || writer == process || writer == Exclusive.EVERYBODY, process, op, writer);
      return join && !writes && !waits && writer == process ? Mover.BOTH : Mover.NONE;
    }
    return join && !waits ? exclusive.mover(memory, writes) : Mover.NONE;
  }

  /** Could another process touch the word now? If so, a plain access to it is a data race. */
  boolean isShared(int process, Op op) {
    Word word = op.word();
    if (word.owner() >= 0 || word.guard() != null) {
      return false; // whoever breaks the rule is refused
    }
    Exclusive exclusive = word.exclusive();
    return exclusive == null || exclusive.owner(memory) != process;
  }

  private void require(boolean allowed, int process, Op op, int owner) {
    if (!allowed) {
      Word word = op.word();
      String message =
          "%s touches %s (%s:%d), which %s"
              .formatted(
                  automata[process].process().name(),
                  word,
                  op.site().file(),
                  op.site().line(),
                  owner >= 0
                      ? "only " + automata[owner].process().name() + " may touch now"
                      : word.guard() != null
                          ? "needs " + word.guard() + " to be held"
                          : "nobody may touch without its lock");
      throw word.exclusive() == null ? new ModelError(message) : new RuleBroken(message);
    }
  }
}
