package dev.kstack.model.live;

/** A run that was to be taken again went another way. The message says where. */
public final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Diverged(String message) {
    super(message);
  }
}
