package dev.kstack.model.machine;

/** What a value means. The explorer renames tasks and frames, and must know where they stand. */
public enum WordType {
  /** Nothing: the result of a store, a lock, a wait. */
  NONE,
  /** A number that means itself. */
  NUMBER,
  /** 0 or 1. */
  BOOLEAN,
  /** A task, 1 to the number of tasks; 0 is none (on a CPU: the idle task). */
  TASK,
  /** A page frame, 1 to the number of frames; 0 is none. */
  FRAME,
  /** A page table entry: see {@link Pte}. */
  PTE,
  /** A set of tasks: bit t-1 is task t. */
  TASKS,
  /** A set of frames: bit f is frame f, bit 0 is never set. */
  FRAMES
}
