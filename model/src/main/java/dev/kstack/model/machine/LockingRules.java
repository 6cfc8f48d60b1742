package dev.kstack.model.machine;

/**
 * Who may touch a word now, and release a lock: whether an operation keeps to it, which a search
 * may rely on or not.
 *
 * @param memory as it is at each question
 */
public record LockingRules(Memory memory) {
  /** The process may. */
  public static final int KEPT = Integer.MIN_VALUE;

  /** Is there any rule of who may touch the word? */
  public static boolean has(Word word) {
    return word.declaredOwner() >= 0
        || word.declaredGuard() != null
        || word.declaredExclusive() != null;
  }

  /** Who may touch it, where the process may not: a process, or {@link Exclusive#NOBODY}. */
  public int toTouch(int process, Word word, boolean writes) {
    if (word.declaredOwner() >= 0) {
      return word.declaredOwner() == process ? KEPT : word.declaredOwner();
    }
    Lock guard = word.declaredGuard();
    if (guard != null) {
      return toRelease(process, guard.holder());
    }
    Exclusive exclusive = word.declaredExclusive();
    if (exclusive == null) {
      return KEPT;
    }
    int owner = exclusive.owner(memory);
    int writer = owner == Exclusive.EVERYBODY && writes ? exclusive.writer(memory) : owner;
    return writer == process || writer == Exclusive.EVERYBODY ? KEPT : writer;
  }

  /** The same of a lock that it releases. */
  public int toRelease(int process, Word lock) {
    int holder = memory.get(lock) - 1;
    if (holder == process) {
      return KEPT;
    }
    return holder < 0 ? Exclusive.NOBODY : holder;
  }

  /** May anybody look at the word, by {@code READ_ONCE()}? See {@link Word#readByAll}. */
  public static boolean isReadByAll(Word word) {
    return word.isReadByAll();
  }

  /** Why it may not, behind {@code which}. */
  public static String why(Word word, String mayTouch) {
    if (!mayTouch.isEmpty()) {
      return "only %s may touch now".formatted(mayTouch);
    }
    Lock guard = word.declaredGuard();
    return guard == null
        ? "nobody may touch without its lock"
        : "needs %s to be held".formatted(guard);
  }
}
