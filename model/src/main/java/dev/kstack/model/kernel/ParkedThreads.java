package dev.kstack.model.kernel;

/** What a balancer does with a thread that is parked for want of frames. */
public enum ParkedThreads {
  /** They are on no list that a balancer looks at. */
  STAY,

  /** It is parked on the other CPU as well, which is kicked, and tries to fill it. */
  MOVE,

  /** H36: nobody tells the other CPU to try. */
  MOVE_QUIETLY
}
