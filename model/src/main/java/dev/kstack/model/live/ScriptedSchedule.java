package dev.kstack.model.live;

import java.util.List;

/**
 * In the order of a run that was made before. At its end, those that wait in it may try once more:
 * if they wait for each other, that is noticed then.
 */
public final class ScriptedSchedule implements Schedule {
  private final int[] script;
  private final int[] waiting;
  private int given;

  /**
   * A schedule.
   *
   * @param script one process an operation
   * @param waiting the processes that cannot go on at the end
   */
  public ScriptedSchedule(int[] script, int... waiting) {
    this.script = script.clone();
    this.waiting = waiting.clone();
  }

  /**
   * The next of the script. Steps are not counted: an activation may end with a choice, which takes
   * no turn.
   *
   * @throws Diverged if it has ended its part already
   */
  @Override
  public int next(int step, List<Integer> ready) {
    int turn = given++;
    if (turn < script.length) {
      if (!ready.contains(script[turn])) {
        throw new Diverged(
            "process %d has no operation left in operation %d of the schedule"
                .formatted(script[turn], turn + 1));
      }
      return script[turn];
    }
    int tried = turn - script.length;
    return tried < waiting.length && ready.contains(waiting[tried]) ? waiting[tried] : -1;
  }

  @Override
  public boolean isExact() {
    return given <= script.length;
  }
}
