package dev.kstack.model.live;

import java.util.List;
import java.util.Random;

/** Anybody, with equal chances; the same for the same seed. */
public final class RandomSchedule implements Schedule {
  private final Random random;
  private final int mostSteps;

  public RandomSchedule(long seed, int mostSteps) {
    this.random = new Random(seed);
    this.mostSteps = mostSteps;
  }

  @Override
  public int next(int step, List<Integer> ready) {
    return step >= mostSteps ? -1 : ready.get(random.nextInt(ready.size()));
  }

  @Override
  public boolean isExact() {
    return false;
  }
}
