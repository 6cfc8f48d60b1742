package dev.kstack.checks.explore;

/** A checkpoint that cannot be used. The message says why. */
public final class CheckpointRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  CheckpointRefusedException(String message) {
    super(message);
  }
}
