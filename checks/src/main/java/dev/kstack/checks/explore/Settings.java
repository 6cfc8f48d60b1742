package dev.kstack.checks.explore;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How to search.
 *
 * @param reductions what makes the search smaller
 * @param exact keep whole states, not fingerprints
 * @param progressOfTasks keep every step, and decide what is claimed of the progress of tasks;
 *     without it nothing is kept and it costs nothing
 * @param debug run every process again at every step, to find those that are not deterministic
 * @param everySymmetry ask of every state, and not of some, whether the program does the same under
 *     other names; if the search relies on it
 * @param budget what the search may use
 * @param progress is told of progress
 * @param interrupted asked often; true ends the search
 * @param endsAt what ends the search soon after it is found
 * @param workers how many threads search; what is found does not depend on it
 * @param checkpoints where the search goes on, and from where another can; null if nowhere
 * @param disk where all goes but the set of states; null if it stays in memory
 */
public record Settings(
    Reductions reductions,
    boolean exact,
    boolean progressOfTasks,
    boolean debug,
    boolean everySymmetry,
    Budget budget,
    Progress.Listener progress,
    BooleanSupplier interrupted,
    Goal endsAt,
    int workers,
    @Nullable Checkpoints checkpoints,
    @Nullable Disk disk) {

  public static final Settings DEFAULT =
      new Settings(
          Reductions.ALL,
          false,
          false,
          false,
          false,
          Budget.UNLIMITED,
          Progress.Listener.NONE,
          () -> false,
          Goal.NONE,
          1,
          null,
          null);

  public Settings withReductions(Reductions r) {
    return new Settings(
        r,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        progress,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withExact(boolean e) {
    return new Settings(
        reductions,
        e,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        progress,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withProgressOfTasks(boolean p) {
    return new Settings(
        reductions,
        exact,
        p,
        debug,
        everySymmetry,
        budget,
        progress,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withDebug(boolean d) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        d,
        everySymmetry,
        budget,
        progress,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withEverySymmetry(boolean s) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        s,
        budget,
        progress,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withBudget(Budget b) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        b,
        progress,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withProgress(Progress.Listener p) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        p,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withInterrupted(BooleanSupplier i) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        progress,
        i,
        endsAt,
        workers,
        checkpoints,
        disk);
  }

  public Settings withEndsAt(Goal e) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        progress,
        interrupted,
        e,
        workers,
        checkpoints,
        disk);
  }

  public Settings withWorkers(int w) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        progress,
        interrupted,
        endsAt,
        w,
        checkpoints,
        disk);
  }

  public Settings withCheckpoints(@Nullable Checkpoints c) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        progress,
        interrupted,
        endsAt,
        workers,
        c,
        disk);
  }

  public Settings withDisk(@Nullable Disk d) {
    return new Settings(
        reductions,
        exact,
        progressOfTasks,
        debug,
        everySymmetry,
        budget,
        progress,
        interrupted,
        endsAt,
        workers,
        checkpoints,
        d);
  }
}
