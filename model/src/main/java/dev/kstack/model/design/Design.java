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
 * @param sizes at which it is searched where the user does not say
 * @param expectation what the search must find
 * @param defects the seeded defects of it, in the order of their numbers
 */
public record Design(
    String name,
    String title,
    String source,
    Decisions decisions,
    DefaultSizes sizes,
    Expectation expectation,
    ImmutableList<Defect> defects) {}
