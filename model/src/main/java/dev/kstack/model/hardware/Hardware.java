package dev.kstack.model.hardware;

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
  SPEC_FILL("spec-fill");

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
