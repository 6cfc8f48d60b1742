package dev.kstack.checks.explore;

/**
 * Where a search is.
 *
 * @param states found so far
 * @param transitions steps taken so far
 * @param depth the level that is being expanded
 * @param frontier states found and not expanded
 * @param bytes memory for states
 * @param seconds since it began
 */
public record Progress(
    long states, long transitions, int depth, long frontier, long bytes, double seconds) {

  /** Is told of progress, a few times a second. */
  @FunctionalInterface
  public interface Listener {
    Listener NONE = progress -> {};

    void progress(Progress progress);
  }
}
