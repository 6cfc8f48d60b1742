package dev.kstack.model.hardware;

import com.google.common.collect.ImmutableSet;

/** How the manuals are read: what speculation does to A and to the TLB. */
public enum Hardware {
  /**
   * No TLB entry unless A=1: the walker sets A before it caches, for speculative fills too. Intel
   * SDM 3A 4.10.2.3; AMD APM 2 5.5.3.
   */
  MANUALS("manuals"),

  /**
   * Speculation may also fill the TLB and leave A clear, as Stevens fears (20 Jun 2026); it
   * contradicts both manuals. An architectural access through such an entry still sets A.
   */
  SPEC_FILL("spec-fill"),

  /**
   * A walk may set A, and D with it, in a PTE whose P was cleared after the walk has read it;
   * access is not granted. Intel Xeon Phi (Knights Landing), erratum KNL4. So an entry without P
   * need not be 0.
   */
  STRAY_A("stray-a");

  /** What is searched where the user does not say: the two readings of what all parts promise. */
  public static final ImmutableSet<Hardware> DEFAULT = ImmutableSet.of(MANUALS, SPEC_FILL);

  private final String label;

  Hardware(String label) {
    this.label = label;
  }

  /** The name on the command line and in reports. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
