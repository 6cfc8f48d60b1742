package dev.kstack.model.design;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;

/** Every design, by name. The command line, the tests and the documents read this list. */
public final class Designs {
  public static final ImmutableList<Design> ALL =
      Stream.of(
              StaticStacks.DESIGN,
              SwitchOut.DESIGN,
              ShrinkerReclaim.DESIGN,
              Decay.DESIGN,
              Decay.AT_SWITCH_OUT,
              DirtyBit.DESIGN,
              BelowSp.DESIGN,
              GrowOnFault.DESIGN,
              GrowOnFault.OR_PARK,
              AtUserEdge.DESIGN,
              AtEntry.DESIGN,
              KswapdIsAThread.DESIGN,
              PinHolders.DESIGN,
              PinHolders.IN_SHRINKER,
              PinHolders.FREEZABLE_ONLY,
              PinHolders.SPARE_PREEMPTED,
              PinHolders.TRY_RECLAIM,
              PinHolders.TRY_OR_REAP,
              PinHolders.NO_PREEMPT_RECLAIM,
              Unwinder.DESIGN,
              FreezingSleepers.DESIGN,
              FreezingSleepers.BELOW_SP,
              FreezingSleepers.BELOW_SP_NO_LINE,
              FreezingSleepers.BY_WAKER,
              FreezingSleepers.TWO_FILLERS,
              ForkingThreads.SWITCH_OUT,
              ForkingThreads.SHRINKER,
              DeferredFree.DESIGN,
              KillsForFrames.DESIGN,
              KillsForFrames.FREEZER,
              LazyTopLevels.DESIGN,
              TwoScanners.DESIGN)
          .map(WhatIsHeld::expectedOf)
          .collect(toImmutableList());

  private Designs() {}
}
