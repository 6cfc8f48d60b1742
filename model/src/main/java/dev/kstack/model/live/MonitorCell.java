package dev.kstack.model.live;

/**
 * With its monitor held at every marked access: for checkers of Java programs that do not know the
 * access modes. They take two marked accesses for ordered, and a plain one that meets another for a
 * race, as they should.
 */
final class MonitorCell extends Cell {
  private int value;

  @Override
  int plain() {
    return value;
  }

  @Override
  void setPlain(int v) {
    value = v;
  }

  @Override
  synchronized int opaque() {
    return value;
  }

  @Override
  synchronized void setOpaque(int v) {
    value = v;
  }

  @Override
  synchronized int acquire() {
    return value;
  }

  @Override
  synchronized void setRelease(int v) {
    value = v;
  }

  @Override
  synchronized boolean compareAndSet(int expected, int v) {
    if (value != expected) {
      return false;
    }
    value = v;
    return true;
  }
}
