package dev.kstack.model.design;

import com.google.common.collect.ImmutableList;

/** Every design, by name. The command line, the tests and the documents read this list. */
public final class Designs {
  public static final ImmutableList<Design> ALL =
      ImmutableList.of(
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
          Unwinder.DESIGN,
          FreezingSleepers.DESIGN,
          ForkingThreads.SWITCH_OUT,
          ForkingThreads.SHRINKER,
          DeferredFree.DESIGN,
          KillsForFrames.DESIGN,
          LazyTopLevels.DESIGN,
          TwoScanners.DESIGN);

  private Designs() {}
}
