package dev.kstack.model.live;

import java.util.List;

/** In the order of a run that was made before. */
public final class ScriptedSchedule implements Schedule {
  private final int[] script;

  /** One process an operation. */
  public ScriptedSchedule(int... script) {
    this.script = script.clone();
  }

  /**
   * The next of the script.
   *
   * @throws Diverged if it has ended its part already
   */
  @Override
  public int next(int step, List<Integer> ready) {
    if (step == script.length) {
      return -1;
    }
    if (!ready.contains(script[step])) {
      throw new Diverged(
          "process %d has no operation left in step %d of the schedule"
              .formatted(script[step], step + 1));
    }
    return script[step];
  }

  @Override
  public boolean isExact() {
    return true;
  }
}
