package dev.kstack.checks.explore;

/** Why a search ended. */
public enum StopReason {
  /** Every reachable state was expanded. */
  COMPLETE("complete"),
  /** See {@link Settings#endsAt}. */
  FOUND("it ends when it has found what it looks for"),
  STATES("the budget of states is used up"),
  SECONDS("the budget of seconds is used up"),
  MEMORY("the budget of memory is used up"),
  DISK("no more fits on the disk"),
  INTERRUPTED("interrupted");

  private final String text;

  StopReason(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
