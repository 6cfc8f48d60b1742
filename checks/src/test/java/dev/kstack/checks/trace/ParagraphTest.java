package dev.kstack.checks.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParagraphTest {

  @Test
  void shortTextStandsBehindItsLabel() {
    assertEquals(List.of("from  here"), new Paragraph("from", 6, "here").lines());
  }

  @Test
  void longTextIsBrokenBeforeTheEdgeAndIndented() {
    String word = "x".repeat(60);
    assertEquals(
        List.of("a   " + word, "    " + word), new Paragraph("a", 4, word + " " + word).lines());
  }
}
