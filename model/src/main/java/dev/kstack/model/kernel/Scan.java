package dev.kstack.model.kernel;

/** The decisions of a shrinker. */
public record Scan(Exclusion exclusion, ReclaimTest test, Release release) {}
