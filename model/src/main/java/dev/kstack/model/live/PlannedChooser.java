package dev.kstack.model.live;

/**
 * Chooses what was planned, where that can be chosen, and otherwise something else, but the same
 * each time; at the end of the plan, the process is left where it is. Unlike {@link
 * ScriptedChooser} it does not mind that the run is another one.
 */
public final class PlannedChooser implements Chooser {
  private final int[] plan;
  private int next;

  public PlannedChooser(int... plan) {
    this.plan = plan.clone();
  }

  @Override
  public int choose(String what, int[] values) {
    if (next == plan.length) {
      throw EndOfRun.INSTANCE;
    }
    int planned = plan[next++];
    for (int value : values) {
      if (value == planned) {
        return planned;
      }
    }
    return values[Math.floorMod(planned, values.length)];
  }
}
