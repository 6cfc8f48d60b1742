package dev.kstack.checks.cli;

import java.util.Locale;

/** For whom the report is. */
enum Format {
  /** For people. */
  TEXT,
  /** For programs. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
