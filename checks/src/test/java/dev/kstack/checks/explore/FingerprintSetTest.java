package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The visited set is a set, and a small one. */
class FingerprintSetTest {

  @Property
  void itIsASetOfLongs(@ForAll List<Long> fingerprints) {
    FingerprintSet set = new FingerprintSet();
    Set<Long> model = new HashSet<>();
    for (long fingerprint : fingerprints) {
      // 0 and 1 share a place: two of 2^64 fingerprints.
      assertEquals(model.add(fingerprint == 0 ? 1 : fingerprint), set.add(fingerprint));
    }
    assertEquals(model.size(), set.size());
  }

  @Test
  void aStateTakesAtMostSixteenBytes() {
    FingerprintSet set = new FingerprintSet();
    for (int i = 1; i <= 4_000_000; i++) {
      assertTrue(set.add(Mix.mix(i)));
      if (i > 200_000 && i % 1000 == 0) {
        double bytes = (double) set.bytes() / set.size();
        assertTrue(bytes <= 16, "%.2f bytes a state at %d".formatted(bytes, i));
      }
    }
  }
}
