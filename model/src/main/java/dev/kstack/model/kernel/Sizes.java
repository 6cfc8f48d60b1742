package dev.kstack.model.kernel;

/**
 * How large the modelled machine is. A verdict holds for its sizes and says them.
 *
 * @param cpus number of CPUs
 * @param threads number of kernel threads
 * @param pages pages of a stack; 4 in Linux on x86-64
 * @param frames page frames in the whole machine
 * @param reserve frames that only stacks may use: other users leave so many free
 * @param speculation page walks by speculation in a run
 */
public record Sizes(int cpus, int threads, int pages, int frames, int reserve, int speculation) {
  public static final int MAX_CPUS = 8;
  public static final int MAX_THREADS = 8;
  public static final int MAX_PAGES = 8;
  public static final int MAX_SPECULATION = 7;
}
