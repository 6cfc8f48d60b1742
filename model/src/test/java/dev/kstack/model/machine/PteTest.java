package dev.kstack.model.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A page table entry gives back what it was made of. */
class PteTest {
  @Property
  void frameAndFlagsDoNotMix(
      @ForAll @IntRange(min = 0, max = Layout.MAX_FRAMES) int frame,
      @ForAll @IntRange(min = 0, max = Pte.FLAGS) int flags) {
    int pte = Pte.of(frame, flags);
    assertEquals(frame, Pte.frame(pte));
    assertEquals((flags & Pte.PRESENT) != 0, Pte.present(pte));
    assertEquals((flags & Pte.ACCESSED) != 0, Pte.accessed(pte));
    assertEquals(flags, pte & Pte.FLAGS);
  }

  @Example
  void anEmptyEntryIsNotPresent() {
    assertFalse(Pte.present(0));
    assertEquals(0, Pte.frame(0));
  }
}
