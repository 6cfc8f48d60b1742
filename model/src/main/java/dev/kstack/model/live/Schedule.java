package dev.kstack.model.live;

import java.util.List;

/** Who does the next operation. */
public interface Schedule {
  /**
   * Decides.
   *
   * @param step how many operations were done
   * @param ready the processes that may be able to do one; at least one
   * @return one of them, or -1 to end the run
   */
  int next(int step, List<Integer> ready);

  /** Must each be able to do it? Otherwise one that is not is asked again later. */
  boolean isExact();
}
