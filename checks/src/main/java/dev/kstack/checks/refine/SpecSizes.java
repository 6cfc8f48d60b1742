package dev.kstack.checks.refine;

import com.google.common.collect.ImmutableList;
import dev.kstack.spec.Page;
import dev.kstack.spec.Phase;
import dev.kstack.spec.StackSystem;
import dev.kstack.spec.ThreadState;
import java.util.Collections;

/**
 * How large the abstract machine is.
 *
 * @param threads number of threads
 * @param pages pages of a stack
 * @param frames page frames
 * @param reserve frames that other users leave alone
 */
public record SpecSizes(int threads, int pages, int frames, int reserve) {
  /** As kernels begin: every thread sleeps, and has the page that it has used, the top one. */
  public StackSystem initial() {
    ImmutableList<Page> stack =
        ImmutableList.<Page>builder()
            .addAll(Collections.nCopies(pages - 1, Page.UNMAPPED))
            .add(Page.ACCESSED)
            .build();
    ThreadState asleep = new ThreadState(Phase.OFF_CPU, stack);
    return new StackSystem(
        frames,
        reserve,
        frames - threads,
        0,
        ImmutableList.copyOf(Collections.nCopies(threads, asleep)));
  }
}
