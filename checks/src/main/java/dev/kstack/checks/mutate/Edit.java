package dev.kstack.checks.mutate;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import java.util.function.IntUnaryOperator;

/**
 * What becomes of an operation. Keeps nothing from one operation to the next, as processes are run
 * again and again.
 */
@FunctionalInterface
interface Edit {
  /** The operation to be done in place of that one; the same one if nothing changes. */
  Operation of(Operation operation, Kernel kernel);

  /** It is not done. */
  static Edit dropped() {
    return returning(0);
  }

  /** It is not done, and whoever wanted it is told this result. */
  static Edit returning(int result) {
    return (operation, kernel) -> operation.instead(m -> result);
  }

  /** Another value is stored; or, of a choice, it is made from another set. */
  static Edit storing(IntUnaryOperator value) {
    return (operation, kernel) -> operation.with(value.applyAsInt(operation.a()));
  }

  /** It is done, and its caller is told something else. */
  static Edit telling(IntUnaryOperator result) {
    return (operation, kernel) -> operation.instead(m -> result.applyAsInt(operation.on(m)));
  }

  /** A cmpxchg that compares nothing: a plain store, which always succeeds. */
  static Edit store() {
    return (operation, kernel) ->
        operation.instead(
            m -> {
              m.writeOnce(operation.word(), operation.b());
              return 1;
            });
  }

  /** A store to a set that takes nothing out of it. */
  static Edit removingNothing() {
    return (operation, kernel) ->
        operation.instead(m -> operation.with(operation.a() | m.read(operation.word())).on(m));
  }

  /** A store to a set that puts nothing into it. */
  static Edit addingNothing() {
    return (operation, kernel) ->
        operation.instead(m -> operation.with(operation.a() & m.read(operation.word())).on(m));
  }

  /** A store to a set that loses the member with the lowest number, if it was in the set. */
  static Edit withoutLowest() {
    return (operation, kernel) ->
        operation.instead(
            m -> operation.with(operation.a() & (m.read(operation.word()) - 1)).on(m));
  }

  /** It is done once more; the caller is told of the first time. */
  static Edit twice() {
    return followedBy((m, operation, k) -> operation.on(m));
  }

  /** Something else is done right before it. */
  static Edit precededBy(Also also) {
    return (operation, kernel) ->
        operation.instead(
            m -> {
              also.on(m, operation, kernel);
              return operation.on(m);
            });
  }

  /** Something else is done right after it. */
  static Edit followedBy(Also also) {
    return (operation, kernel) ->
        operation.instead(
            m -> {
              int result = operation.on(m);
              also.on(m, operation, kernel);
              return result;
            });
  }

  /** Of an operation on a word of a task: its pi_lock is not held meanwhile. */
  static Edit withoutPiLock() {
    return (operation, kernel) ->
        operation.instead(
            m -> {
              Lock piLock = kernel.task(operation.word().column()).piLock;
              m.unlock(piLock);
              int result = operation.on(m);
              m.lock(piLock);
              return result;
            });
  }

  /** What is done besides an operation. */
  @FunctionalInterface
  interface Also {
    void on(Machine m, Operation operation, Kernel kernel);
  }
}
