package dev.kstack.checks.trace;

import java.util.Map;
import java.util.TreeMap;

/** Colours for a terminal, or none. */
public final class Ink {
  /** Without colours. */
  public static final Ink NONE = new Ink(false);

  private static final String RESET = "\033[0m";

  /** Those that can be read on light and on dark ground; no red, which is for what is wrong. */
  private static final String[] CONTEXTS = {
    "\033[36m", "\033[33m", "\033[35m", "\033[32m", "\033[34m"
  };

  private final boolean on;
  private final Map<String, String> ofContexts = new TreeMap<>();

  private Ink(boolean on) {
    this.on = on;
  }

  /** With colours: a context keeps the one that it had first. */
  public static Ink colours() {
    return new Ink(true);
  }

  /** Of what a context does. */
  String context(String process, String text) {
    if (!on || process.isEmpty()) {
      return text;
    }
    String colour =
        ofContexts.computeIfAbsent(process, p -> CONTEXTS[ofContexts.size() % CONTEXTS.length]);
    return colour + text + RESET;
  }

  /** Of what changed. */
  String change(String text) {
    return in("\033[1m", text);
  }

  /** Of what is less important. */
  String faint(String text) {
    return in("\033[2m", text);
  }

  /** Of what is wrong. */
  String wrong(String text) {
    return in("\033[1;31m", text);
  }

  private String in(String code, String text) {
    return on && !text.isEmpty() ? code + text + RESET : text;
  }
}
