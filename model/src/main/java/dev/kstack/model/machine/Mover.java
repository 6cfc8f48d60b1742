package dev.kstack.model.machine;

/**
 * With what other processes do, an operation may change places without anybody noticing (Lipton,
 * Reduction, 1975).
 */
public enum Mover {
  /** With nothing: others can notice it. */
  NONE,
  /** It may as well have come earlier, like the release of a lock. */
  LEFT,
  /** It may as well have come earlier or later: nobody else touches what it touches. */
  BOTH
}
