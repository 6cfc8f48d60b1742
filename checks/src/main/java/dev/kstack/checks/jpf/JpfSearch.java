package dev.kstack.checks.jpf;

import org.jspecify.annotations.Nullable;

/**
 * A search that was done.
 *
 * @param task what was searched at last
 * @param outcome how it ended
 * @param statistics null if JPF ended without any
 */
public record JpfSearch(JpfTask task, JpfOutcome outcome, @Nullable JpfStatistics statistics) {}
