package dev.kstack.model.live;

/**
 * Without access modes: for runs in which operations are made one at a time, behind a monitor. A
 * checker of Java programs then has only that monitor to look at.
 */
final class PlainCell extends Cell {
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
  int opaque() {
    return value;
  }

  @Override
  void setOpaque(int v) {
    value = v;
  }

  @Override
  int acquire() {
    return value;
  }

  @Override
  void setRelease(int v) {
    value = v;
  }

  @Override
  boolean compareAndSet(int expected, int v) {
    if (value != expected) {
      return false;
    }
    value = v;
    return true;
  }
}
