package dev.kstack.spec;

import com.google.common.collect.ImmutableList;

/**
 * A thread.
 *
 * @param phase where it is
 * @param stack its pages, from the lowest to the one where use begins
 */
public record ThreadState(Phase phase, ImmutableList<Page> stack) {

  /** How many pages it has. */
  public int mapped() {
    return (int) stack.stream().filter(page -> page != Page.UNMAPPED).count();
  }

  public boolean fullyMapped() {
    return !stack.contains(Page.UNMAPPED);
  }

  ThreadState with(Phase newPhase) {
    return new ThreadState(newPhase, stack);
  }

  ThreadState with(int page, Page newPage) {
    ImmutableList.Builder<Page> pages = ImmutableList.builder();
    for (int i = 0; i < stack.size(); i++) {
      pages.add(i == page ? newPage : stack.get(i));
    }
    return new ThreadState(phase, pages.build());
  }

  /** Nobody has accessed what it leaves; but A is set where it has. */
  ThreadState exited() {
    return new ThreadState(
        Phase.EXITED,
        stack.stream()
            .map(page -> page == Page.ACCESSED ? Page.MARKED : page)
            .collect(ImmutableList.toImmutableList()));
  }

  boolean isExited() {
    return phase == Phase.EXITED;
  }
}
