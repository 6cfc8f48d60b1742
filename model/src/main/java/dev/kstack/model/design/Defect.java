package dev.kstack.model.design;

import dev.kstack.model.kernel.Decisions;

/**
 * A design with one decision made wrong.
 *
 * @param hazard its number in the list of hazards: {@code H8}
 * @param title what is wrong, in one line
 * @param interleaving how it goes wrong, in words
 * @param decisions the design's, with the wrong one in its place
 * @param sizes where it shows
 * @param expectation what the search must find
 */
public record Defect(
    String hazard,
    String title,
    String interleaving,
    Decisions decisions,
    DefaultSizes sizes,
    Expectation expectation) {}
