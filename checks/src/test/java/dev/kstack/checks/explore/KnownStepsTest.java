package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.machine.Memory;
import java.lang.management.ManagementFactory;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that are known are the ones that would be taken, and cost no garbage. */
class KnownStepsTest {
  private static final int STATES = 5_000;

  private static final class Taken implements Expansion.Steps {
    private final Memory memory;
    private final Expansion expansion;
    private final List<Object> steps = new ArrayList<>();

    Taken(AllStates.Workshop w, Reductions reductions, boolean remember) {
      memory = new Memory(w.program.layout());
      expansion = new Expansion(w.program, w.format, w.automata, memory, reductions, remember);
    }

    @Override
    public void step(int process, int ordinal, long[] successor) {
      steps.add(
          List.of(
              process,
              ordinal,
              LongBuffer.wrap(successor.clone()),
              memory.raised(),
              memory.panicked(),
              expansion.idle()));
      // As the explorer does: it renames new states in place, and looks at them.
      if (!memory.panicked() && !expansion.idle()) {
        Arrays.fill(successor, 0);
      }
      memory.bind(new long[successor.length]);
      memory.clearRaised();
    }

    List<Object> of(long[] state) {
      steps.clear();
      expansion.expand(state, this);
      return steps;
    }
  }

  static Stream<Subject> subjects() {
    return Subject.all().stream()
        .filter(s -> s.hardware() == Hardware.SPEC_FILL)
        .map(s -> s.forks() ? s.small() : s.at(2, 2, 2, 1));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void areTheOnesThatWouldBeTaken(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    for (Reductions reductions : List.of(Reductions.ALL, Reductions.NONE)) {
      Taken plain = new Taken(workshop, reductions, false);
      Taken remembering = new Taken(workshop, reductions, true);
      for (LongBuffer state : workshop.search(reductions, STATES).states()) {
        assertEquals(plain.of(state.array()), remembering.of(state.array()), subject::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void allocateNothing(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    Memory memory = new Memory(workshop.program.layout());
    Expansion expansion =
        new Expansion(
            workshop.program, workshop.format, workshop.automata, memory, Reductions.ALL, true);
    Canonicalizer canonicalizer = new Canonicalizer(workshop.format, workshop.automata);
    Fingerprint fingerprint = new Fingerprint(workshop.format, workshop.automata);
    long[] sink = new long[2];
    Expansion.Steps receiver =
        (process, ordinal, successor) -> {
          sink[0]++;
          if (!memory.panicked() && !expansion.idle()) {
            canonicalizer.canonicalize(successor);
            sink[1] ^= fingerprint.of(successor);
          }
        };
    List<long[]> states =
        workshop.search(Reductions.ALL, STATES).states().stream().map(LongBuffer::array).toList();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (int round = 0; round < 3; round++) {
      sink[0] = 0;
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < states.size(); i++) {
        expansion.expand(states.get(i), receiver);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertTrue(allocated < sink[0] / 10, "%,d bytes in %,d steps".formatted(allocated, sink[0]));
  }
}
