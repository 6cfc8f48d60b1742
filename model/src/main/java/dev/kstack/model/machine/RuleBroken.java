package dev.kstack.model.machine;

/**
 * An operation breaks a rule of locking that the search relies on: no verdict of that search is
 * sound. One that does not rely on the rule gives them: see {@link Layout#distrust}.
 */
public final class RuleBroken extends ModelError {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * That it is broken.
   *
   * @param rule of which words: see {@link Word#kind}
   */
  public RuleBroken(String rule, String message) {
    super(message);
    this.rule = rule;
  }

  /** Of which words the rule is. */
  public String rule() {
    return rule;
  }

  @Override
  public RuleBroken saying(String message) {
    return new RuleBroken(rule, message);
  }
}
