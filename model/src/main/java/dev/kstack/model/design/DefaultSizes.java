package dev.kstack.model.design;

/**
 * The sizes at which a design is searched where the user does not say.
 *
 * @param cpus number of CPUs
 * @param threads number of threads
 * @param pages pages of a stack
 * @param frames how many frames follow from the others
 * @param reserve frames that other users leave free for stacks
 */
public record DefaultSizes(int cpus, int threads, int pages, FrameRule frames, int reserve) {
  /** Without a reserve. */
  public DefaultSizes(int cpus, int threads, int pages, FrameRule frames) {
    this(cpus, threads, pages, frames, 0);
  }
}
