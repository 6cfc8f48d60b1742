package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.kstack.spec.Property;

/** A state of a program, as people see it; where a {@link Guide} has led. */
public final class Position {
  private final long[] state;
  private final boolean panicked;
  private final ImmutableMap<String, String> words;
  private final ImmutableList<Property> raised;
  private final ImmutableList<Run.Waiting> waiting;
  private final ImmutableList<String> neverAgain;

  Position(
      long[] state,
      boolean panicked,
      ImmutableMap<String, String> words,
      ImmutableList<Property> raised,
      ImmutableList<Run.Waiting> waiting,
      ImmutableList<String> neverAgain) {
    this.state = state;
    this.panicked = panicked;
    this.words = words;
    this.raised = raised;
    this.waiting = waiting;
    this.neverAgain = neverAgain;
  }

  long[] state() {
    return state;
  }

  /** Did the kernel panic on the way here? No run goes on from such a state. */
  public boolean panicked() {
    return panicked;
  }

  /** The words by name, and for locks who holds them (empty: nobody). */
  public ImmutableMap<String, String> words() {
    return words;
  }

  /** The properties that the step to here, or the state, violates or reaches. */
  public ImmutableList<Property> raised() {
    return raised;
  }

  /**
   * From here on some task can never run again: who waits for whom, as a circle, a line each; as
   * far as the state alone shows it.
   */
  public ImmutableList<String> neverAgain() {
    return neverAgain;
  }

  /** The processes that wait here, and for what. */
  public ImmutableList<Run.Waiting> waiting() {
    return waiting;
  }
}
