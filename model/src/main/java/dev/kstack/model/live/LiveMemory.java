package dev.kstack.model.live;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;

/**
 * The words, each in a variable of its own. What is raised belongs to one process, so that each has
 * one of these over the same cells, unless operations are made one at a time.
 */
final class LiveMemory extends Memory {
  private final Cell[] cells;

  LiveMemory(Layout layout, Cell[] cells) {
    super(layout);
    this.cells = cells;
  }

  @Override
  public int get(Word word) {
    return cells[word.number()].opaque();
  }

  int load(Word word, Order order) {
    Cell cell = cells[word.number()];
    return switch (order) {
      case PLAIN -> cell.plain();
      case ONCE, RELEASE -> cell.opaque();
      case ACQUIRE, FULL -> cell.acquire();
    };
  }

  @Override
  public void set(int process, Word word, int value) {
    store(process, word, value, Order.ONCE);
  }

  /** Stores also what was there: a store is a store. */
  void store(int process, Word word, int value, Order order) {
    Cell cell = cells[word.number()];
    int before = order == Order.PLAIN ? cell.plain() : cell.opaque();
    boolean changes = before != value;
    if (changes) {
      willChange(word, value);
    }
    switch (order) {
      case PLAIN -> cell.setPlain(value);
      case ONCE, ACQUIRE -> cell.setOpaque(value);
      case RELEASE, FULL -> cell.setRelease(value);
    }
    if (changes) {
      hasChanged(process, word, before, value);
    }
  }

  /** Takes a lock: false if somebody has it. */
  boolean acquire(int process, Word holder) {
    if (cells[holder.number()].acquire() != 0) {
      return false; // test, then test and set
    }
    willChange(holder, process + 1);
    if (!cells[holder.number()].compareAndSet(0, process + 1)) {
      return false;
    }
    hasChanged(process, holder, 0, process + 1);
    return true;
  }

  @Override
  public void init(Word word, int value) {
    require(word, value);
    cells[word.number()].setPlain(value);
  }

  @Override
  public void bind(long[] state) {
    throw new UnsupportedOperationException("a live memory is no packed state");
  }
}
