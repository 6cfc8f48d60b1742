package dev.kstack.checks.compare;

import dev.kstack.checks.least.Answer;
import dev.kstack.model.kernel.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * What a design costs, each number found by searches under {@code manuals}.
 *
 * @param sizes of the machine in which frames were counted: there are enough for everybody
 * @param leastAsleep the fewest pages mapped in stacks in a state in which all threads sleep; null
 *     if the search was cut short, as the next two
 * @param mostAsleep the most
 * @param mostHeld the most frames that stacks keep from everybody else, in any state
 * @param keptForEver the fewest frames to which the stacks can go back from every state: in some
 *     state they keep so many for ever; null if not decided
 * @param frames the answer to {@code least frames}; null if the design does not claim schedulable
 * @param locks what comes of a sleeping lock that reclaim takes: H39
 * @param rcu the same of RCU read-side sections: H40
 * @param inHand the same of frames in the hand of a thread that reclaims: H41
 * @param switches operations of a switch from a thread to another one
 * @param addedToSwitch the same, less those of static stacks
 * @param entries operations at kernel entry
 * @param exits operations at exit to user mode
 */
public record Measures(
    Sizes sizes,
    @Nullable Integer leastAsleep,
    @Nullable Integer mostAsleep,
    @Nullable Integer mostHeld,
    @Nullable Integer keptForEver,
    @Nullable Answer frames,
    Trapped locks,
    Trapped rcu,
    Trapped inHand,
    OperationCount switches,
    OperationCount addedToSwitch,
    OperationCount entries,
    OperationCount exits) {

  /** Is every number known? */
  public boolean decided() {
    return mostHeld != null
        && keptForEver != null
        && (frames == null || !frames.undecided())
        && locks.decided()
        && rcu.decided()
        && inHand.decided();
  }
}
