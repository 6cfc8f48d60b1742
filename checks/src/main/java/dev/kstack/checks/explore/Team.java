package dev.kstack.checks.explore;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do one thing after the other, all of them at once: whatever one has written before
 * the end of one thing, all see in the next. Who asks is the first of them.
 */
final class Team implements AutoCloseable {
  /** Something to do. */
  @FunctionalInterface
  interface Work {
    /** The part of one of them. */
    void by(int member);
  }

  private final int size;
  private final Phaser phaser;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private @Nullable Work work;

  Team(int size) {
    this.size = size;
    phaser = new Phaser(size);
    for (int member = 1; member < size; member++) {
      int number = member;
      Thread thread = new Thread(() -> workAs(number), "kstack-worker-" + member);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void workAs(int member) {
    while (true) {
      phaser.arriveAndAwaitAdvance();
      Work now = work;
      if (now == null) {
        return;
      }
      doIt(now, member);
      phaser.arriveAndAwaitAdvance();
    }
  }

  private void doIt(Work now, int member) {
    try {
      now.by(member);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  int size() {
    return size;
  }

  /** All do it; returns when all have. What one of them throws is thrown. */
  void together(Work toDo) {
    if (size == 1) {
      toDo.by(0);
      return;
    }
    work = toDo;
    phaser.arriveAndAwaitAdvance();
    doIt(toDo, 0);
    phaser.arriveAndAwaitAdvance();
    throwAgain(failure.getAndSet(null));
  }

  static void throwAgain(@Nullable Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** They are no longer needed. */
  @Override
  public void close() {
    if (size > 1) {
      work = null;
      phaser.arriveAndAwaitAdvance();
    }
  }
}
