package dev.kstack.checks.least;

import java.util.Locale;

/** What the least is asked of. */
public enum Quantity {
  /** Frames that only stacks may take. */
  RESERVE("frames in reserve"),
  /** Frames in the machine. */
  FRAMES("frames"),
  /**
   * Threads. Here the bound is a greatest number: with so many, and with any fewer, the property
   * holds; with one more it does not.
   */
  ADMISSION("threads");

  private final String unit;

  Quantity(String unit) {
    this.unit = unit;
  }

  /** What is counted: {@code frames}. */
  public String unit() {
    return unit;
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
