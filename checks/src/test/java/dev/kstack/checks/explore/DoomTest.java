package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.hardware.Hardware;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who can never run again is a question about all runs that go on from a state. Under the latch
 * rule a count of frames answers it: see {@code StackInvariants.doomed}. Domain, H14: other users
 * give back what they have, who sleeps or is switched out what it never accessed, and nobody what
 * was accessed; so who lacks no more than that can get it, and who lacks more cannot.
 */
class DoomTest {
  private record Size(int cpus, int threads, int pages, int frames, int speculation) {}

  private static final List<Size> SIZES =
      List.of(new Size(2, 2, 2, 3, 1), new Size(2, 2, 3, 4, 0), new Size(1, 3, 2, 5, 0));

  /** Too few frames for all, three sizes of each. */
  static Stream<Subject> subjects() {
    return Subject.all().stream()
        .filter(s -> s.hardware() == Hardware.MANUALS)
        .filter(
            s -> List.of("switch-out", "shrinker", "unwinder", "pin-kthreads").contains(s.name()))
        .flatMap(
            s ->
                SIZES.stream()
                    .map(n -> s.at(n.cpus(), n.threads(), n.pages(), n.frames(), n.speculation())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void whoIsDoomedIsWhoCanNeverRunAgainInEveryReachableState(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    PlainGraph graph = new PlainGraph(workshop, Reductions.ALL, Integer.MAX_VALUE);
    int[] never = graph.neverRunning();
    int doomed = 0;
    for (int s = 0; s < never.length; s++) {
      assertEquals(graph.doomed(s), never[s], "state " + s);
      doomed += never[s] == 0 ? 0 : 1;
    }
    assertTrue(doomed > 0, "there are too few frames for all");
  }
}
