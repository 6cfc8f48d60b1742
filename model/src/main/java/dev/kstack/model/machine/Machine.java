package dev.kstack.model.machine;

import java.util.function.IntSupplier;

/**
 * Everything that a process does and that another context could see, one indivisible operation
 * each, with Linux's names and meaning. Memory is sequentially consistent here: the ordering in a
 * name says what the kernel's code relies on, and a comment at the caller names the partner.
 */
public interface Machine {
  /** {@code READ_ONCE()}. */
  int readOnce(Word word);

  /** {@code WRITE_ONCE()}. */
  void writeOnce(Word word, int value);

  /** {@code smp_load_acquire()}. */
  int loadAcquire(Word word);

  /** {@code smp_store_release()}. */
  void storeRelease(Word word, int value);

  /** A plain load: a data race where another context can write the word at the same time. */
  int read(Word word);

  /** A plain store: a data race where another context can touch the word at the same time. */
  void write(Word word, int value);

  /** {@code try_cmpxchg()}: stores {@code value} if the word holds {@code expected}. */
  boolean cmpxchg(Word word, int expected, int value);

  /** {@code xchg()}: stores the value and returns the one before. */
  int xchg(Word word, int value);

  /** {@code raw_spin_lock_irqsave()}: waits with interrupts off. */
  void lock(Lock lock);

  /** {@code raw_spin_trylock()}. */
  boolean trylock(Lock lock);

  /** {@code raw_spin_unlock_irqrestore()}. */
  void unlock(Lock lock);

  /** {@code smp_cond_load_acquire(word, VAL == value)}: waits with interrupts as they are. */
  void waitUntil(Word word, int value);

  /**
   * The environment offers what follows only where the word has the value: a condition on a choice,
   * indivisible with the next operation. Not for decisions of the kernel, which reads and branches.
   * Where a lock is taken next, nobody may change the word to another value before the operation
   * after that: the search takes the lock in one step with it.
   */
  void when(Word word, int value);

  /** The environment chooses a number from {@code from} to {@code to}, both included. */
  int choose(String what, int from, int to);

  /**
   * The environment chooses an element of a set: a task of {@code TASKS}, a frame of {@code
   * FRAMES}.
   */
  int chooseOne(String what, WordType setType, int set);

  /** An indivisible operation of the hardware. */
  int execute(Instruction instruction, int a, int b, int c);

  /**
   * A part of an activation whose observations are forgotten when it ends, but for the result. It
   * changes nothing else; without it, long activations would remember more than they need, and what
   * is remembered multiplies states. The body uses only what it is given and what it observes.
   */
  int call(WordType result, IntSupplier body);

  /**
   * {@link #call}, again and again until the result is not 0: a loop of the kernel's that looks,
   * and looks again. What a failed attempt has observed is forgotten, its result too.
   */
  default int retry(WordType result, IntSupplier attempt) {
    int value;
    do {
      value = call(result, attempt);
    } while (value == 0);
    return value;
  }

  /** {@link #call} for its effects alone. */
  default void call(Runnable body) {
    call(
        WordType.NONE,
        () -> {
          body.run();
          return 0;
        });
  }
}
