package dev.kstack.model.machine;

/** The model itself is wrong: not a design that fails, but a program that cannot be explored. */
public class ModelError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelError(String message) {
    super(message);
  }

  /** The same error, said in other words. */
  public ModelError saying(String message) {
    return new ModelError(message);
  }
}
