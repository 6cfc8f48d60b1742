package dev.kstack.model.machine;

import dev.kstack.spec.Property;
import java.util.List;

/**
 * What is claimed of the progress of tasks: which of them live, and which run, in one state. Sets
 * of tasks, as {@link WordType#TASKS}.
 */
public interface TaskProgress {
  /** Broken where a live task can never run again, whatever anybody does. */
  Property schedulable();

  /**
   * Broken where a run goes on for ever, in a fair way, and a task that wants to run never does.
   */
  Property runsEventually();

  /** The tasks that are owed progress. */
  int live(Memory memory);

  /** Those to whom none is owed any more, though they live: nothing that can come lets them run. */
  default int doomed(Memory memory) {
    return 0;
  }

  /** The tasks that want to run, if they do not. */
  int wanting(Memory memory);

  /**
   * The tasks that have what they are owed: somebody runs them. Who has begun to run must run until
   * some process rests or another can notice: the search looks only there.
   */
  int running(Memory memory);

  /**
   * The processes that run some task, a bit each: only a step of its own ends that. Users grant
   * that none goes on with the same one for ever.
   */
  default int busy(Memory memory) {
    return 0;
  }

  /** For people: what the task lacks to run, and why nobody gives it. A line each. */
  List<String> whyNotRunning(Memory memory, int task);

  /**
   * For people: who can never run from this state on, and who waits for whom, as a circle; as far
   * as a single state shows it. Empty where it shows nothing.
   */
  default List<String> neverAgain(Memory memory) {
    return List.of();
  }
}
