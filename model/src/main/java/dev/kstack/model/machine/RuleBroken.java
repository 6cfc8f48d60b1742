package dev.kstack.model.machine;

/**
 * A process touches a word against its {@link Exclusive} rule, which reductions rely on: no verdict
 * of a search that knows the rule is sound. One that does not know it may be.
 */
public final class RuleBroken extends ModelError {
  private static final long serialVersionUID = 1L;

  public RuleBroken(String message) {
    super(message);
  }

  @Override
  public RuleBroken saying(String message) {
    return new RuleBroken(message);
  }
}
