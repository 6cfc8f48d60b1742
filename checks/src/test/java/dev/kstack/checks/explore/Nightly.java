package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which subjects a test that searches each of them several times takes: all in {@code mvn verify
 * -Pnightly}; else every design under every hardware, and each defect only under the first hardware
 * under which it breaks something that its design does not. The other readings of the manuals run
 * the same operations of the defect, and those of the hardware are run by the designs.
 */
final class Nightly {
  private static final boolean ALL = Boolean.getBoolean("kstack.nightly");
  private static final Set<String> CHOSEN = chosen();

  private Nightly() {}

  /** Is this one among those that are searched in the short form, or is this the long one? */
  static boolean takes(Subject subject) {
    return ALL || isChosen(subject);
  }

  static boolean isChosen(Subject subject) {
    return CHOSEN.contains(key(subject.name(), subject.hardware()));
  }

  private static Set<String> chosen() {
    Set<String> chosen = new HashSet<>();
    for (Design design : Designs.ALL) {
      for (Hardware hardware : Hardware.values()) {
        chosen.add(key(design.name(), hardware));
      }
      for (Defect defect : design.defects()) {
        chosen.add(key(design.name() + "+" + defect.hazard(), shows(design, defect)));
      }
    }
    return ImmutableSet.copyOf(chosen);
  }

  private static Hardware shows(Design design, Defect defect) {
    return List.of(Hardware.values()).stream()
        .filter(
            hardware ->
                !Sets.difference(
                        defect.expectation().violated(Assumptions.of(hardware)),
                        design.expectation().violated(Assumptions.of(hardware)))
                    .isEmpty())
        .findFirst()
        .orElse(Hardware.MANUALS);
  }

  private static String key(String name, Hardware hardware) {
    return name + " " + hardware;
  }
}
