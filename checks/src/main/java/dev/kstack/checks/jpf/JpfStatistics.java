package dev.kstack.checks.jpf;

/**
 * What Java PathFinder says of its search.
 *
 * @param newStates states that it saw for the first time
 * @param visitedStates how often it came to one that it had seen
 * @param depth of the search
 * @param threadChoices how often it could choose between threads
 * @param seconds wall-clock time, measured by us: JPF rounds to whole seconds
 * @param megabytes the most memory that it used
 */
public record JpfStatistics(
    long newStates,
    long visitedStates,
    int depth,
    long threadChoices,
    double seconds,
    long megabytes) {}
