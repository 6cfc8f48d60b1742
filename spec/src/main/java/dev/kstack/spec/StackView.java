package dev.kstack.spec;

/**
 * What an invariant may look at: one state of threads, stacks and frames, whatever machine it is a
 * state of. Threads are 1 to {@link #threads()}, pages 0 (lowest) to {@link #pages()} - 1 (where
 * use begins), frames 1 to {@link #frames()}; 0 is none.
 */
public interface StackView {
  int threads();

  int pages();

  int frames();

  /** Is the page mapped: is {@code _PAGE_PRESENT} set in its PTE? */
  boolean present(int thread, int page);

  /** The frame that the page's PTE holds, 0 if it is not present. */
  int frame(int thread, int page);

  /** Did the thread, or somebody on its behalf, ever access the page (not only mark it)? */
  boolean accessed(int thread, int page);

  /** Is {@code _PAGE_ACCESSED} set in its PTE? */
  boolean marked(int thread, int page);

  /** Will the page never be reclaimed, though its thread be off CPU? */
  default boolean latched(int thread, int page) {
    return present(thread, page) && marked(thread, page);
  }

  /**
   * Does the page hold something that the thread will come back to? Where nobody knows the stack
   * pointer, that may be every page that it ever accessed.
   */
  default boolean live(int thread, int page) {
    return accessed(thread, page);
  }

  /** Is the thread the current one of some CPU, and in the kernel? */
  boolean running(int thread);

  /** Is the stack nobody's, because its thread is dead? */
  default boolean exited(int thread) {
    return false;
  }

  /** Is it to run, and was it refused for want of frames? */
  boolean parked(int thread);

  /** Is it marked as one that sleeps, lacks pages, and is to be filled before it is woken? */
  default boolean frozen(int thread) {
    return false;
  }

  /** The frames that are free, as a set: bit f is frame f. */
  int free();

  /** The frames that the rest of the kernel uses, as a set. */
  int others();

  /** The frames that some context has taken from an owner and not given to the next, as a set. */
  int moving();
}
