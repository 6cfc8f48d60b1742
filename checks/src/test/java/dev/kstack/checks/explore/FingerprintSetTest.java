package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The visited set is a set, and a small one. */
class FingerprintSetTest {

  @Property
  void itIsASetOfLongs(@ForAll List<Long> fingerprints) {
    FingerprintSet set = new FingerprintSet(false);
    Set<Long> model = new HashSet<>();
    for (long fingerprint : fingerprints) {
      // Where six bytes are 0, it shares a place with that where they are 1: two of 2^48.
      boolean zero = (fingerprint & (1L << 48) - 1) == 0;
      assertEquals(model.add(zero ? fingerprint | 1 : fingerprint), set.add(fingerprint));
    }
    assertEquals(model.size(), set.size());
  }

  @Test
  void aStateTakesTenBytesAtMostWhereThereAreMillions() {
    FingerprintSet set = new FingerprintSet(false);
    for (int i = 1; i <= 8_000_000; i++) {
      assertTrue(set.add(Mix.mix(i)));
      if (i > 2_000_000 && i % 1000 == 0) {
        double bytes = (double) set.bytes() / set.size();
        assertTrue(
            bytes <= (i > 6_000_000 ? 10 : 12), "%.2f bytes a state at %d".formatted(bytes, i));
      }
    }
  }

  @Property
  void eachHasTheNumberThatItWasGiven(@ForAll List<Long> fingerprints) {
    FingerprintSet set = new FingerprintSet(true);
    long[] state = {};
    int number = 0;
    for (long fingerprint : fingerprints) {
      if (set.add(state, 0, Mix.mix(fingerprint), -2 - number) == Batch.NEW) {
        assertEquals(-2 - number, set.add(state, 0, Mix.mix(fingerprint), 0));
        set.number(Mix.mix(fingerprint), number++);
      }
    }
    int known = 0;
    for (long fingerprint : new LinkedHashSet<>(fingerprints)) {
      assertEquals(known++, set.add(state, 0, Mix.mix(fingerprint), 0));
    }
  }
}
