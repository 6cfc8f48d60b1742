package dev.kstack.model.live;

/**
 * A variable of Java that holds a word, with the accesses that the kernel makes to it. A plain
 * access that meets another thread's store is a data race by the rules of Java.
 */
abstract class Cell {
  /** A plain load. */
  abstract int plain();

  /** A plain store. */
  abstract void setPlain(int value);

  /** {@code READ_ONCE()}: the opaque mode of Java. */
  abstract int opaque();

  /** {@code WRITE_ONCE()}: the opaque mode of Java. */
  abstract void setOpaque(int value);

  /** {@code smp_load_acquire()}. */
  abstract int acquire();

  /** {@code smp_store_release()}. */
  abstract void setRelease(int value);

  /** {@code cmpxchg()}, fully ordered. */
  abstract boolean compareAndSet(int expected, int value);
}
