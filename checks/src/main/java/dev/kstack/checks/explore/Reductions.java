package dev.kstack.checks.explore;

/**
 * What makes a search smaller without changing its verdict. Each has a switch, and a test that
 * compares it with the full search.
 *
 * @param transactions operations that no other process can notice join a step with one that it can
 *     (Lipton 1975): see {@link Expansion}
 * @param canonicalNames states that differ only in the names of tasks and frames are one: see
 *     {@link Canonicalizer}
 * @param deadValues states that differ only in values that nobody will read are one: see {@link
 *     dev.kstack.model.machine.Program#forget}
 */
public record Reductions(boolean transactions, boolean canonicalNames, boolean deadValues) {
  public static final Reductions ALL = new Reductions(true, true, true);
  public static final Reductions NONE = new Reductions(false, false, false);
  public static final Reductions DEAD_VALUES = new Reductions(false, false, true);

  /**
   * For who takes a run that a search found: it names one frame where the search took any of those
   * that are alike.
   */
  Reductions keepingNames() {
    return new Reductions(transactions, false, deadValues);
  }
}
