package dev.kstack.model.live;

/** Thrown through the model's code: the run is over for this process. */
final class EndOfRun extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final EndOfRun INSTANCE = new EndOfRun();

  private EndOfRun() {
    super("the run is over");
  }

  /** Nobody looks at it, and it is thrown often. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
