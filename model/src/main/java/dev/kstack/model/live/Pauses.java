package dev.kstack.model.live;

import java.util.SplittableRandom;

/** Delays before operations: they make others come between, which they seldom do by themselves. */
public final class Pauses {
  private static final int LONG_PAUSE_SPINS = 2000;

  private final SplittableRandom[] random;
  private final int oneIn;

  /**
   * Pauses.
   *
   * @param oneIn one operation in so many is delayed; 0 for none
   */
  public Pauses(int processes, long seed, int oneIn) {
    this.oneIn = oneIn;
    random = new SplittableRandom[processes];
    SplittableRandom first = new SplittableRandom(seed);
    for (int p = 0; p < processes; p++) {
      random[p] = first.split();
    }
  }

  void before(int process) {
    if (oneIn == 0 || random[process].nextInt(oneIn) != 0) {
      return;
    }
    if (random[process].nextBoolean()) {
      Thread.yield();
      return;
    }
    for (int spins = random[process].nextInt(LONG_PAUSE_SPINS); spins > 0; spins--) {
      Thread.onSpinWait();
    }
  }
}
