package dev.kstack.checks.explore;

/**
 * What makes a search smaller without changing its verdict. Each has a switch, and a test that compares
 * it with the full search.
 *
 * @param privateWords operations on words that only this process can touch now, and releases of locks,
 *     join the step before them (Lipton 1975)
 * @param canonicalNames states that differ only in the names of tasks and frames are one
 */
public record Reductions(boolean privateWords, boolean canonicalNames) {
  public static final Reductions ALL = new Reductions(true, true);
  public static final Reductions NONE = new Reductions(false, false);
}
