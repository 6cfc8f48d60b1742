package dev.kstack.checks.walks;

import dev.kstack.checks.explore.Picker;
import dev.kstack.checks.explore.RandomWalk;
import dev.kstack.spec.Property;
import java.util.Collections;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random walks from the start, one after another, until one of them breaks one of some properties.
 *
 * @param walks how many there were
 * @param steps how many steps in all of them
 * @param last the walk that broke it; null if none of them did
 */
record Hunt(int walks, long steps, RandomWalk.@Nullable Walk last) {
  /**
   * Of 60, 200 and 600, none is best for all defects: who needs the one speculative walk of a run
   * at the right moment had better begin anew often, and who needs several switches of a thread had
   * not.
   */
  static final int STEPS_A_WALK = 100;

  boolean caught() {
    return last != null;
  }

  static Hunt of(Walker walker, Set<Property> prey, long seed, int mostWalks) {
    SplittableRandom seeds = new SplittableRandom(seed);
    long steps = 0;
    for (int walks = 1; walks <= mostWalks; walks++) {
      RandomWalk.Walk walk = walker.walk(Picker.random(seeds.nextLong()), STEPS_A_WALK, prey);
      steps += walk.run().steps().size();
      if (!Collections.disjoint(walk.raised().keySet(), prey)) {
        return new Hunt(walks, steps, walk);
      }
    }
    return new Hunt(mostWalks, steps, null);
  }
}
