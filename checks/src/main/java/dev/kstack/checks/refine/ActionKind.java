package dev.kstack.checks.refine;

import dev.kstack.spec.Action;
import java.util.Locale;

/** The actions of the specification, without the threads and pages that they are about. */
public enum ActionKind {
  FILL(Object.PAGE, Action.Fill::new),
  REFUSE(Object.NOTHING, (thread, none) -> new Action.Refuse(thread)),
  UNPARK(Object.NOTHING, (thread, none) -> new Action.Unpark(thread)),
  SWITCH_IN(Object.NOTHING, (thread, none) -> new Action.SwitchTo(0, thread)),
  SWITCH_OUT(Object.NOTHING, (thread, none) -> new Action.SwitchTo(thread, 0)),
  SWITCH_TO(Object.OTHER_THREAD, Action.SwitchTo::new),
  ACCESS(Object.PAGE, Action.Access::new),
  MARK(Object.PAGE, Action.Mark::new),
  RECLAIM(Object.PAGE, Action.Reclaim::new),
  EXIT(Object.NOTHING, (thread, none) -> new Action.Exit(thread)),
  FORK(Object.NOTHING, (thread, none) -> new Action.Fork(thread)),
  OTHERS_TAKE((none, nothing) -> new Action.OthersTake()),
  OTHERS_GIVE((none, nothing) -> new Action.OthersGive());

  /** What an action is about besides a thread. */
  enum Object {
    NOTHING,
    PAGE,
    OTHER_THREAD
  }

  /** Makes the action. */
  private interface Maker {
    Action of(int thread, int object);
  }

  private final boolean takesThread;
  private final Object object;
  private final Maker maker;

  ActionKind(Object object, Maker maker) {
    this.takesThread = true;
    this.object = object;
    this.maker = maker;
  }

  ActionKind(Maker maker) {
    this.takesThread = false;
    this.object = Object.NOTHING;
    this.maker = maker;
  }

  boolean takesThread() {
    return takesThread;
  }

  Object object() {
    return object;
  }

  Action action(int thread, int about) {
    return maker.of(thread, about);
  }

  /** As reports write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
