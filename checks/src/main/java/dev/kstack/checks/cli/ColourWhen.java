package dev.kstack.checks.cli;

import dev.kstack.checks.trace.Ink;
import java.util.Locale;

/** When a text has colours. */
enum ColourWhen {
  /** On a terminal, unless {@code NO_COLOR} is set or {@code TERM} is {@code dumb}. */
  AUTO,
  ALWAYS,
  NEVER;

  /** Set by the launcher, which can tell; Java cannot. */
  static final String STDOUT_IS_TERMINAL = "kstack.stdout.terminal";

  /** The colours: see https://no-color.org. */
  Ink ink() {
    return switch (this) {
      case ALWAYS -> Ink.colours();
      case NEVER -> Ink.NONE;
      case AUTO -> terminalHasThem() ? Ink.colours() : Ink.NONE;
    };
  }

  private static boolean terminalHasThem() {
    String no = System.getenv("NO_COLOR");
    return Boolean.getBoolean(STDOUT_IS_TERMINAL)
        && (no == null || no.isEmpty())
        && !"dumb".equals(System.getenv("TERM"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
