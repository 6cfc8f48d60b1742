package dev.kstack.checks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import org.junit.jupiter.api.Test;

/** The protocol has the states that were counted when it was first written down for Spin. */
class StackProtocolTest {
  @Test
  void everyOperationAStep() {
    assertStates(Reductions.NONE, 2_298_717, 6_644_511);
  }

  @Test
  void transactionsLeaveAnEighth() {
    assertStates(Reductions.ALL, 285_207, 659_247);
  }

  private static void assertStates(Reductions reductions, long states, long transitions) {
    SearchResult result =
        new Explorer(new StackProtocol(), Settings.DEFAULT.withReductions(reductions)).search();

    assertTrue(result.complete());
    assertEquals(states, result.states());
    assertEquals(transitions, result.transitions());
    assertTrue(result.found().isEmpty());
  }
}
