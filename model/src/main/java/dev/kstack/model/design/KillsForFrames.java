package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.MANUALS;
import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.OomKill;
import dev.kstack.model.kernel.Surroundings;
import dev.kstack.model.kernel.Thaw;

/** As {@code switch-out}, or {@code freezer}, and the answer to H14 is a kill. */
final class KillsForFrames {
  /**
   * Two threads with two pages: one gets its second, the other waits, and there is one frame more
   * for whoever is killed, which other users leave alone.
   */
  private static final DefaultSizes SIZES = new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE, 1);

  /** A kill has nothing to do with TLBs. */
  private static final ImmutableList<DefaultSearch> SEARCHES =
      ImmutableList.of(DefaultSearch.at(SIZES).in(MANUALS));

  /** Nothing is kept: one gets its second page, and no frame is left. */
  private static final ImmutableList<DefaultSearch> WITHOUT_RESERVE =
      ImmutableList.of(DefaultSearch.at(new DefaultSizes(1, 2, 2, FrameRule.SCARCEST)).in(MANUALS));

  /** The specification knows of no deaths by a kill. Nothing makes the killer come, either. */
  private static final Expectation EXPECTATION =
      Expectation.allHolds()
          .violates(SPEC_FILL, NO_STALE_TRANSLATION)
          .violates(RUNS_EVENTUALLY)
          .doesNotClaim(REFINES_SPEC);

  static final Design DESIGN =
      new Design(
          "oom-kill",
          "as switch-out, and where frames are short a thread is killed, which has a reserve to die",
          "domain, H14, H27; K: mm/oom_kill.c",
          decisions(true),
          SEARCHES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H27",
                  "the victim cannot run",
                  "A has accessed all its pages, and no frame is free; B, which lacks a page, is"
                      + " killed: it must run to die, and nobody else is killed before",
                  decisions(false),
                  WITHOUT_RESERVE,
                  EXPECTATION.violates(SCHEDULABLE))));

  /** Who is not killed never runs; but each is filled in its turn, once somebody has died. */
  private static final ImmutableList<DefaultSearch> RESERVE_ALONE =
      ImmutableList.of(
          DefaultSearch.at(new DefaultSizes(1, 2, 2, FrameRule.SCARCEST, 1)).in(MANUALS));

  private static final Expectation FREEZING =
      FreezingSleepers.expectation().violates(RUNS_EVENTUALLY).doesNotClaim(REFINES_SPEC);

  static final Design FREEZER =
      new Design(
          "freezer-oom",
          "as freezer, and where frames are short a thread is killed, which is filled first",
          "domain, H14, H27; K: mm/oom_kill.c, mark_oom_victim(), __thaw_task()",
          freezing(FilledBeforeWoken.VICTIM_FIRST, true),
          SEARCHES,
          FREEZING,
          ImmutableList.of(
              new Defect(
                  "H27",
                  "the victim waits for the filler, which waits for memory",
                  "A has accessed all its pages, and no frame is free; B, which lacks a page, is"
                      + " killed: it must run to die, and R waits for a frame for it",
                  freezing(FilledBeforeWoken.VICTIM_FIRST, false),
                  WITHOUT_RESERVE,
                  FREEZING.violates(SCHEDULABLE)),
              new Defect(
                  "LINE",
                  "the victim waits behind another",
                  "R waits for frames for A; B is killed, and next on the list: what is kept for it is"
                      + " free, and nobody takes it",
                  freezing(FilledBeforeWoken.KEPT_ON_LIST, true),
                  RESERVE_ALONE,
                  FREEZING.violates(SCHEDULABLE))));

  private KillsForFrames() {}

  private static Decisions freezing(Thaw thaw, boolean reserve) {
    return FreezingSleepers.with(thaw).with(Surroundings.with(new OomKill(reserve)));
  }

  private static Decisions decisions(boolean reserve) {
    return new Decisions(
            false, new VictimFirst(), new ReclaimBeforeFinishTask(new CompareAndExchange()), null)
        .with(Surroundings.with(new OomKill(reserve)));
  }
}
