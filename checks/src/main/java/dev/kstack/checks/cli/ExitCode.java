package dev.kstack.checks.cli;

import dev.kstack.checks.report.Outcome;

/** What the exit codes mean. */
final class ExitCode {
  static final int AS_EXPECTED = 0;
  static final int NOT_AS_EXPECTED = 1;
  static final int USAGE = 2;
  static final int UNDECIDED = 3;

  private ExitCode() {}

  static int of(Outcome outcome) {
    return switch (outcome) {
      case AS_EXPECTED -> AS_EXPECTED;
      case UNDECIDED -> UNDECIDED;
      case NOT_AS_EXPECTED -> NOT_AS_EXPECTED;
    };
  }
}
