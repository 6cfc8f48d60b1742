package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.live.LiveStep;

/** How a search of Java PathFinder ended. */
public sealed interface JpfOutcome {
  /**
   * It came upon a violation.
   *
   * @param property its name
   * @param steps of all processes, on the way there
   */
  record Violated(String property, ImmutableList<LiveStep> steps) implements JpfOutcome {}

  /**
   * It visited every state, and there is proof that it did: no limit was hit, every process took
   * steps, and as many states were left as were entered.
   */
  record Exhausted() implements JpfOutcome {}

  /** A limit ended it. */
  record Stopped(String why) implements JpfOutcome {}

  /** It is not known what it did: its report says no error, and that is no proof. */
  record Broken(String why) implements JpfOutcome {}
}
