package dev.kstack.checks.explore;

/**
 * Where a search is.
 *
 * @param states found so far
 * @param transitions steps taken so far
 * @param depth the level that is being expanded
 * @param frontier states found and not expanded
 * @param bytes memory for states
 * @param mostBytes what it may take of that
 * @param seconds since it began
 * @param phase what it is at
 * @param done how much of this pass of the phase is done, from 0 to 1; of no meaning in {@link
 *     Phase#SEARCH}, since nobody knows how many states there will be
 */
public record Progress(
    long states,
    long transitions,
    int depth,
    long frontier,
    long bytes,
    long mostBytes,
    double seconds,
    Phase phase,
    double done) {

  /** Is told of progress, a few times a second. */
  @FunctionalInterface
  public interface Listener {
    Listener NONE = progress -> {};

    void progress(Progress progress);
  }
}
