package dev.kstack.spec;

import com.google.common.collect.ImmutableList;

/**
 * The state of the abstract machine: threads with their stacks, and counts of page frames. It knows
 * no CPUs, locks, PTEs or TLBs.
 *
 * @param frames in the whole machine
 * @param reserve frames that other users leave alone
 * @param free frames that belong to nobody, or are on their way from one owner to the next
 * @param others frames that the rest of the kernel uses
 * @param threads by number, the first is thread 1
 */
public record StackSystem(
    int frames, int reserve, int free, int others, ImmutableList<ThreadState> threads) {

  /** A thread, from 1. */
  public ThreadState thread(int number) {
    return threads.get(number - 1);
  }

  public Page page(int thread, int page) {
    return thread(thread).stack().get(page);
  }

  StackSystem with(int number, ThreadState thread) {
    ImmutableList.Builder<ThreadState> all = ImmutableList.builder();
    for (int i = 1; i <= threads.size(); i++) {
      all.add(i == number ? thread : thread(i));
    }
    return new StackSystem(frames, reserve, free, others, all.build());
  }

  StackSystem withFree(int newFree) {
    return new StackSystem(frames, reserve, newFree, others, threads);
  }

  StackSystem withOthers(int newOthers) {
    return new StackSystem(frames, reserve, free, newOthers, threads);
  }
}
