package dev.kstack.model.machine;

/** The model itself is wrong: not a design that fails, but a program that cannot be explored. */
public final class ModelError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelError(String message) {
    super(message);
  }
}
