package dev.kstack.checks.report;

/** The user asked for something that cannot be done. The message says what, and what can be. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
