package dev.kstack.model.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down in which order operations of a concurrent run ended. That is one of the orders in
 * which they may have happened: two that overlapped may have had the other. Whoever takes the run
 * again sees whether it is the right one.
 */
final class Recorder {
  private record Stamped(long stamp, LiveStep step) {}

  private final AtomicLong clock = new AtomicLong();
  private final List<List<Stamped>> done = new ArrayList<>();

  Recorder(int processes) {
    for (int p = 0; p < processes; p++) {
      done.add(new ArrayList<>());
    }
  }

  void done(int process, int[] choices) {
    done.get(process).add(new Stamped(clock.getAndIncrement(), new LiveStep(process, choices)));
  }

  /** Once all threads have ended. */
  List<LiveStep> steps() {
    return done.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(Stamped::stamp))
        .map(Stamped::step)
        .toList();
  }
}
