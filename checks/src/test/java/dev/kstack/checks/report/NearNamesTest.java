package dev.kstack.checks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
  private static final List<String> NAMES = List.of("static", "switch-out", "shrinker");

  @Test
  void distanceCountsEdits() {
    assertEquals(0, NearNames.distance("abc", "abc"));
    assertEquals(1, NearNames.distance("abc", "abd"));
    assertEquals(3, NearNames.distance("kitten", "sitting"));
  }

  @Test
  void namesFewEditsAwayAreNear() {
    assertEquals(List.of("switch-out"), NearNames.of("swich-out", NAMES));
    assertEquals(List.of("switch-out"), NearNames.of("SWITCHOUT", NAMES));
  }

  @Test
  void beginningOfANameIsNear() {
    assertEquals(List.of("shrinker"), NearNames.of("shr", NAMES));
  }

  @Test
  void nothingIsNearNonsense() {
    assertEquals(List.of(), NearNames.of("qqqqqq", NAMES));
  }
}
