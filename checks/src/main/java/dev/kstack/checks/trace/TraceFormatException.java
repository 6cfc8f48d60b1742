package dev.kstack.checks.trace;

/** What should be a trace is none. The message says where, and what should be there. */
public final class TraceFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  TraceFormatException(String message) {
    super(message);
  }
}
