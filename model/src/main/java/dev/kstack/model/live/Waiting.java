package dev.kstack.model.live;

import dev.kstack.model.machine.Word;
import org.jspecify.annotations.Nullable;

/** What a process waits for. */
interface Waiting {
  /** What it waits for: the holder of a lock, or the word of a wait; null if for neither. */
  @Nullable Word awaits();

  /** Is that a lock? */
  boolean locks();
}
