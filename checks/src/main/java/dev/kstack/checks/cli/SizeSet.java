package dev.kstack.checks.cli;

import java.util.Locale;

/** A choice of sizes for every subject. */
enum SizeSet {
  /** The smallest that show what is expected. */
  DEFAULT,
  /** That of the proposal. */
  REAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
