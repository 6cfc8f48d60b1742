package dev.kstack.model.live;

import java.util.Random;

/**
 * Chooses at random. Java PathFinder tries every outcome of {@link Random#nextInt(int)}, if told
 * to.
 */
public final class RandomChooser implements Chooser {
  private final Random random;

  /** Of a seed: the same choices each time, as long as the same is asked. */
  public RandomChooser(long seed) {
    this(new Random(seed));
  }

  public RandomChooser(Random random) {
    this.random = random;
  }

  @Override
  public int choose(String what, int[] values) {
    return values.length == 1 ? values[0] : values[random.nextInt(values.length)];
  }
}
