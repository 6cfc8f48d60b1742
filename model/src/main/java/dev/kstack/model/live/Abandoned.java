package dev.kstack.model.live;

/**
 * Thrown through the model's code: what was chosen is not possible now, so the process chooses
 * again.
 */
final class Abandoned extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final Abandoned INSTANCE = new Abandoned();

  private Abandoned() {
    super("not possible now");
  }

  /** Nobody looks at it, and it is thrown often. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
