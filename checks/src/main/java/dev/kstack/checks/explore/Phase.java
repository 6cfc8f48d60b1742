package dev.kstack.checks.explore;

/** What a search is at. */
public enum Phase {
  SEARCH("search"),
  BACKWARDS("steps backwards"),
  TRAPS("traps"),
  LOOPS("loops"),
  RUNS("shortest runs");

  private final String text;

  Phase(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
