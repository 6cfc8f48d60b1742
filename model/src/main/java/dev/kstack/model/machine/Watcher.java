package dev.kstack.model.machine;

/**
 * What happens in the same indivisible operation as the change of a word: ghost facts, and what the
 * change does to TLBs. Has no state of its own. Of other words it looks only at such as nobody else
 * can change meanwhile: ghosts of the process, words under the same lock.
 */
@FunctionalInterface
public interface Watcher {
  void changed(Memory memory, int process, Word word, int before, int after);
}
