package dev.kstack.model.machine;

import com.google.common.collect.ImmutableList;

/**
 * A process touches a word against its {@link Exclusive} rule, which reductions rely on: no verdict
 * of a search that knows the rule is sound. One that does not know it may be.
 */
public final class RuleBroken extends ModelError {
  private static final long serialVersionUID = 1L;

  /** What happens before, from the beginning: a line for each step. */
  private final transient ImmutableList<String> run;

  public RuleBroken(String message) {
    this(message, ImmutableList.of());
  }

  private RuleBroken(String message, ImmutableList<String> run) {
    super(message);
    this.run = run;
  }

  public ImmutableList<String> run() {
    return run;
  }

  @Override
  public RuleBroken saying(String message) {
    return new RuleBroken(message, run);
  }

  /** The same error, with the run that leads there. */
  public RuleBroken after(ImmutableList<String> steps) {
    return new RuleBroken(getMessage(), steps);
  }
}
