package dev.kstack.checks.cli;

import java.util.Locale;

/** For whom a table is. */
enum TableFormat {
  /** For people at a terminal. */
  TEXT,
  /** For programs. */
  JSON,
  /** For people who read mails and pages. */
  MARKDOWN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
