package dev.kstack.checks.explore;

/** Hashing of longs, by the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
final class Mix {
  static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Mix() {}

  /** A bijection whose every output bit depends on every input bit. */
  static long mix(long x) {
    x = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
    x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
    return x ^ x >>> 31;
  }

  /** Adds one more value to the hash of a sequence. */
  static long add(long hash, long value) {
    return mix(hash + GOLDEN ^ mix(value + GOLDEN));
  }
}
