package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.live.LiveStep;

/** How a search of Java PathFinder ended. */
public sealed interface JpfOutcome {
  /**
   * It came upon a violation.
   *
   * @param property its name
   * @param steps of all processes, on the way there; the plain access of a data race is the last
   * @param race the two accesses of a data race, that one first; empty if it is another violation
   */
  record Violated(String property, ImmutableList<LiveStep> steps, ImmutableList<JpfAccess> race)
      implements JpfOutcome {}

  /**
   * It visited every state, and there is proof that it did: no limit was hit, every process took
   * steps, and as many states were left as were entered.
   */
  record Exhausted() implements JpfOutcome {}

  /** It came upon a plain access to a word that others may touch, and that was not announced. */
  record Unannounced(String word) implements JpfOutcome {}

  /** A limit ended it. */
  record Stopped(String why) implements JpfOutcome {}

  /** It is not known what it did: its report says no error, and that is no proof. */
  record Broken(String why) implements JpfOutcome {}
}
