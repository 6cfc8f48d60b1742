package dev.kstack.checks.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: the search stops, what it found is printed, and only then does the program end, with the
 * exit code of the signal (130).
 */
final class Interrupt {
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean raised;

  /** One that the signals of this program raise. */
  static Interrupt onSignal() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupt::hold, "interrupt"));
    return interrupt;
  }

  /** Runs while the JVM shuts down, and keeps it from ending until everything is printed. */
  private void hold() {
    raise();
    try {
      boolean inTime = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("kstack: interrupted, and gave up waiting for the search to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever searches shall stop. */
  void raise() {
    raised = true;
  }

  boolean raised() {
    return raised;
  }

  /** Everything is printed: the program may end. */
  void finished() {
    finished.countDown();
  }
}
