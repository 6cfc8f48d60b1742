package dev.kstack.checks.bench;

import com.sun.management.ThreadMXBean;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.machine.Program;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * A search that is run again and again.
 *
 * @param name as in the report
 * @param search does it once, on the calling thread
 */
record Contestant(String name, Supplier<Round> search) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Our explorer. */
  static Contestant explorer(String name, Supplier<Program> program, Settings settings) {
    return new Contestant(
        name,
        () -> {
          Explorer explorer = new Explorer(program.get(), settings);
          long before = THREADS.getCurrentThreadAllocatedBytes();
          SearchResult result = explorer.search();
          return new Round(
              result.states(),
              result.transitions(),
              result.seconds(),
              result.visitedBytes(),
              THREADS.getCurrentThreadAllocatedBytes() - before);
        });
  }

  /** The search that is made for the filter lock and nothing else. */
  static Contestant handPacked(String name, int processes) {
    return new Contestant(
        name,
        () -> {
          HandPackedFilterLock lock = new HandPackedFilterLock(processes);
          long before = THREADS.getCurrentThreadAllocatedBytes();
          long began = System.nanoTime();
          lock.search();
          double seconds = (System.nanoTime() - began) / 1e9;
          return new Round(
              lock.states(),
              lock.transitions(),
              seconds,
              0,
              THREADS.getCurrentThreadAllocatedBytes() - before);
        });
  }

  /** One round, with a clean heap. */
  Round run() {
    System.gc();
    return search.get();
  }
}
