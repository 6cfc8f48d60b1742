package dev.kstack.model.live;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** With the access modes of Java's memory model. */
final class OrderedCell extends Cell {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(OrderedCell.class, "value", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

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
    return (int) VALUE.getOpaque(this);
  }

  @Override
  void setOpaque(int v) {
    VALUE.setOpaque(this, v);
  }

  @Override
  int acquire() {
    return (int) VALUE.getAcquire(this);
  }

  @Override
  void setRelease(int v) {
    VALUE.setRelease(this, v);
  }

  @Override
  boolean compareAndSet(int expected, int v) {
    return VALUE.compareAndSet(this, expected, v);
  }
}
