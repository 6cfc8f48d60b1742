package dev.kstack.model.live;

/** The operations of {@link FlatMachine} on one word, as numbers. */
final class FlatOperation {
  static final int READ = 0;
  static final int WRITE = 1;
  static final int CMPXCHG = 2;
  static final int XCHG = 3;
  static final int LOCK = 4;
  static final int TRYLOCK = 5;
  static final int UNLOCK = 6;
  static final int WAIT = 7;

  /** Added to a {@link #READ} or {@link #WRITE} that is not marked. */
  static final int PLAIN = 8;

  private static final int KIND = 7;

  private FlatOperation() {}

  static int kind(int operation) {
    return operation & KIND;
  }

  static boolean plain(int operation) {
    return operation > KIND;
  }

  static boolean writes(int operation) {
    int kind = kind(operation);
    return kind != READ && kind != WAIT;
  }
}
