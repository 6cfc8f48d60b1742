package dev.kstack.model.design;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.SchedulerModel;

/**
 * A design with one decision made wrong.
 *
 * @param hazard its number in the list of hazards: {@code H8}
 * @param title what is wrong, in one line
 * @param interleaving how it goes wrong, in words
 * @param decisions the design's, with the wrong one in its place
 * @param searches where it shows; the first is the usual one
 * @param expectation what the search must find
 */
public record Defect(
    String hazard,
    String title,
    String interleaving,
    Decisions decisions,
    ImmutableList<DefaultSearch> searches,
    Expectation expectation) {

  /** One that shows with a simple scheduler, under which threads hold nothing. */
  public Defect(
      String hazard,
      String title,
      String interleaving,
      Decisions decisions,
      DefaultSizes sizes,
      Expectation expectation) {
    this(
        hazard,
        title,
        interleaving,
        decisions,
        ImmutableList.of(DefaultSearch.at(sizes)),
        expectation);
  }

  /** One that shows only under such a scheduler; and for that, one hardware will do. */
  Defect(
      String hazard,
      String title,
      String interleaving,
      Decisions decisions,
      DefaultSizes sizes,
      SchedulerModel scheduler,
      Expectation expectation) {
    this(
        hazard,
        title,
        interleaving,
        decisions,
        ImmutableList.of(DefaultSearch.at(sizes).under(scheduler).in(Hardware.MANUALS)),
        expectation);
  }

  /** The sizes of the usual search. */
  public DefaultSizes sizes() {
    return searches.get(0).sizes();
  }
}
