package dev.kstack.model.design;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;

/**
 * A design of kernel stacks.
 *
 * @param name as on the command line
 * @param title what it does, in one line
 * @param source who proposed it, and when
 * @param decisions what it decides
 * @param searches how it is searched where the user does not say; the first is the usual one
 * @param expectation what the search must find
 * @param defects the seeded defects of it, in the order of their numbers
 */
public record Design(
    String name,
    String title,
    String source,
    Decisions decisions,
    ImmutableList<DefaultSearch> searches,
    Expectation expectation,
    ImmutableList<Defect> defects) {

  /** Searched with a simple scheduler, under which threads hold nothing. */
  public Design(
      String name,
      String title,
      String source,
      Decisions decisions,
      DefaultSizes sizes,
      Expectation expectation,
      ImmutableList<Defect> defects) {
    this(
        name,
        title,
        source,
        decisions,
        ImmutableList.of(DefaultSearch.at(sizes)),
        expectation,
        defects);
  }

  /** The same, and it is searched there as well. */
  Design alsoSearched(DefaultSearch other) {
    return new Design(
        name,
        title,
        source,
        decisions,
        ImmutableList.<DefaultSearch>builder().addAll(searches).add(other).build(),
        expectation,
        defects);
  }

  /** The same, of which something else is expected. */
  Design expecting(Expectation other) {
    return new Design(name, title, source, decisions, searches, other, defects);
  }

  /** The sizes of the usual search. */
  public DefaultSizes sizes() {
    return searches.get(0).sizes();
  }
}
