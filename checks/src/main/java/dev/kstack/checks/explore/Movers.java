package dev.kstack.checks.explore;

import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.LockingRules;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.RuleBroken;
import dev.kstack.model.machine.Word;

/** How an operation commutes with what other processes do; and whether it is allowed at all. */
final class Movers {
  private static final String BAD_UNLOCK =
      "K: kernel/locking/lockdep.c, print_unlock_imbalance_bug(): \"WARNING: bad unlock balance"
          + " detected!\"";

  private final Automaton[] automata;
  private final Memory memory;
  private final boolean join;
  private final LockingRules rules;

  /**
   * Of the memory as it is at each question.
   *
   * @param join whether operations are joined; if not, nothing is taken to commute
   */
  Movers(Automaton[] automata, Memory memory, boolean join) {
    this.automata = automata;
    this.memory = memory;
    this.join = join;
    rules = new LockingRules(memory);
  }

  /**
   * A lock that nobody tries is noticed only by who must wait for it, so it may as well come later:
   * unless the step has taken another that stands above it in the order of locks, or whose place is
   * not declared. A circle of processes that wait for each other's locks breaks the order
   * somewhere; whoever breaks it is seen with the lock that it holds, and so all of them are found
   * waiting.
   */
  boolean takesLock(Op op) {
    return join && op.kind() == Op.Kind.LOCK && op.word().trusted() && !op.word().tried();
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
   * @throws RuleBroken if this process may not touch the word now, or release the lock, and the
   *     search relies on that
   */
  Mover of(int process, Op op) {
    Word word = op.word();
    if (word == null || !word.trusted()) {
      return Mover.NONE;
    }
    if (!keeps(process, op)) {
      throw new RuleBroken(word.kind(), inWords(process, op));
    }
    if (!join) {
      return Mover.NONE;
    }
    if (op.kind() == Op.Kind.UNLOCK) {
      return word.tried()
          ? Mover.NONE
          : Mover.LEFT; // a trylock before it fails, one after it does not
    }
    if (word.owner() >= 0 || word.guard() != null) {
      return Mover.BOTH;
    }
    Exclusive exclusive = word.exclusive();
    if (exclusive == null || op.kind() == Op.Kind.WAIT && memory.get(word) != op.a()) {
      return Mover.NONE;
    }
    boolean writes = op.stores();
    if (exclusive.owner(memory) == Exclusive.EVERYBODY) {
      return !writes && exclusive.writer(memory) == process ? Mover.BOTH : Mover.NONE;
    }
    return exclusive.mover(memory, writes);
  }

  /** Is it an operation that a rule is about? */
  static boolean isRuled(Op op) {
    Word word = op.word();
    return word != null && (op.kind() == Op.Kind.UNLOCK || LockingRules.has(word));
  }

  /** Does it keep to the rules of who may touch the word, or release the lock? */
  boolean keeps(int process, Op op) {
    return whoMay(process, op) == LockingRules.KEPT;
  }

  /** Does it break one, or only do what a search would like nobody to do? */
  boolean breaks(int process, Op op) {
    return !keeps(process, op) && !(op.isOnlyALook() && LockingRules.isReadByAll(op.word()));
  }

  private int whoMay(int process, Op op) {
    return op.kind() == Op.Kind.UNLOCK
        ? rules.toRelease(process, op.word())
        : rules.toTouch(process, op.word(), op.stores());
  }

  /** Does some rule, which may be relied on, keep others off the word now? */
  boolean keepsOthersOff(int process, Op op) {
    Word word = op.word();
    if (word.owner() >= 0 || word.guard() != null) {
      return true;
    }
    Exclusive exclusive = word.exclusive();
    return exclusive != null && exclusive.owner(memory) == process;
  }

  /** Which rule it breaks, and which comment of the kernel says so. */
  String inWords(int process, Op op) {
    int who = whoMay(process, op);
    String other = who >= 0 ? automata[who].process().name() : "";
    String name = automata[process].process().name();
    Word word = op.word();
    String at = "(%s:%d)".formatted(op.site().file(), op.site().line());
    String breach =
        op.kind() == Op.Kind.UNLOCK
            ? "%s %s releases %s, which %s"
                .formatted(
                    name,
                    at,
                    word,
                    other.isEmpty() ? "it does not hold, nor anybody" : other + " holds")
            : "%s touches %s %s, which %s".formatted(name, word, at, LockingRules.why(word, other));
    String rule = op.kind() == Op.Kind.UNLOCK ? BAD_UNLOCK : word.rule();
    return rule.isEmpty() ? breach : breach + ": " + rule;
  }
}
