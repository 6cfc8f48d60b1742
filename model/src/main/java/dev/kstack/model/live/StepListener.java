package dev.kstack.model.live;

/** Hears of every operation, in the order of the run, before the invariants are looked at. */
@FunctionalInterface
public interface StepListener {
  void done(int process, int[] choices);
}
