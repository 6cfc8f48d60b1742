package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class AmountTest {

  @Test
  void countsHaveThousandsAndMemoryHasPowersOfTwo() {
    assertEquals(10_000_000, new CountConverter().convert("10M"));
    assertEquals(500_000, new CountConverter().convert("500k"));
    assertEquals(1_500, new CountConverter().convert("1.5k"));
    assertEquals(7, new CountConverter().convert("7"));
    assertEquals(4L << 30, new BytesConverter().convert("4G"));
    assertEquals(800L << 20, new BytesConverter().convert("800m"));
  }

  @Test
  void anythingElseIsRefused() {
    for (String wrong : new String[] {"", "x", "-1", "1e6", "4Q", "0", "0.5"}) {
      assertThrows(TypeConversionException.class, () -> new CountConverter().convert(wrong), wrong);
    }
  }
}
