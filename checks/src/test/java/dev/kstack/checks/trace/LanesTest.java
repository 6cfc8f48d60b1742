package dev.kstack.checks.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
  @Test
  void aLineIsBrokenBehindABlankOrASignWhereItCanBe() {
    assertEquals(List.of("f(a, b)", "  -> ok"), Lanes.wrap("f(a, b) -> ok", 9, "  "));
    assertEquals(List.of("P|A|D|", "  f1"), Lanes.wrap("P|A|D|f1", 6, "  "));
    assertEquals(List.of("short"), Lanes.wrap("short", 5, "  "));
  }

  @Test
  void aWordThatIsTooLongIsBrokenAnywhere() {
    assertEquals(List.of("aaaaaa", "  aaaa", "  aaa"), Lanes.wrap("a".repeat(13), 6, "  "));
    assertEquals(List.of("  aaaa", "aa"), Lanes.wrap("  aaaaaa", 6, ""));
  }
}
