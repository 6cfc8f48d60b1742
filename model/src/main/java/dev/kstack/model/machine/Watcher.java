package dev.kstack.model.machine;

/**
 * What happens in the same indivisible operation as the change of a word: ghost facts, and what the
 * change does to TLBs. Has no state of its own.
 */
@FunctionalInterface
public interface Watcher {
  void changed(Memory memory, int process, Word word, int before, int after);
}
