package dev.kstack.checks.jpf;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.live.LiveRun;
import dev.kstack.spec.Property;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs Java PathFinder as a process of its own.
 *
 * @param installation which one
 * @param settings how it explores
 * @param megabytes of its heap
 * @param interrupted asked often; true ends it
 */
public record JpfRunner(
    JpfInstallation installation,
    JpfSettings settings,
    long megabytes,
    BooleanSupplier interrupted) {
  private static final String MAIN = "gov.nasa.jpf.JPF";
  private static final String BUDGET = "gov.nasa.jpf.listener.BudgetChecker";
  private static final String RACE_DETECTOR = "gov.nasa.jpf.listener.PreciseRaceDetector";
  private static final int LOOK_EVERY_MILLIS = 100;

  /** JPF looks at its clock seldom, and it takes time to start and to report. */
  private static final double GRACE_SECONDS = 3;

  /**
   * Searches, to the first violation, to the end, or until the time is over. Where it comes upon a
   * plain access to a word that others may touch, it begins again, and looks for others there.
   *
   * @throws IOException if it cannot be started
   */
  public JpfSearch search(JpfTask task, double seconds) throws IOException {
    long began = System.nanoTime();
    JpfTask next = task;
    while (true) {
      JpfSearch search = searchOnce(next, began, seconds);
      if (!(search.outcome() instanceof JpfOutcome.Unannounced plain)) {
        return search;
      }
      next = next.announcing(plain.word());
    }
  }

  private JpfSearch searchOnce(JpfTask task, long began, double seconds) throws IOException {
    double left = seconds - secondsSince(began);
    Process process = new ProcessBuilder(command(task, left)).redirectErrorStream(true).start();
    AtomicBoolean killed = new AtomicBoolean();
    Thread watch =
        new Thread(() -> watch(process, began, seconds + GRACE_SECONDS, killed), "jpf-watch");
    watch.setDaemon(true);
    watch.start();
    JpfReportReader reader = new JpfReportReader(task);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.line(line);
      }
    } finally {
      process.destroyForcibly();
    }
    return reader.result(killed.get(), secondsSince(began));
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private void watch(Process process, long began, double seconds, AtomicBoolean killed) {
    try {
      while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        if (interrupted.getAsBoolean() || secondsSince(began) > seconds) {
          killed.set(true);
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  ImmutableList<String> command(JpfTask task, double seconds) {
    ImmutableList.Builder<String> command = ImmutableList.builder();
    command.add(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx%dm".formatted(megabytes),
        "-XX:+UseSerialGC",
        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", // JPF's own Random needs these
        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "-cp",
        installation.core() + File.pathSeparator + installation.annotations(),
        MAIN);
    boolean races = !task.announced().isEmpty();
    command.addAll((races ? settings.withRaceDetector() : settings).arguments());
    if (Double.isFinite(seconds)) {
      command.add(
          "+listener=" + (races ? RACE_DETECTOR + "," : "") + BUDGET,
          "+budget.max_time=%d".formatted(Math.max(1, Math.round(seconds * 1000))));
    }
    command.add("+native_classpath=" + installation.core() + "," + installation.annotations());
    command.add("+classpath=" + installation.classes() + "," + targetClassPath());
    command.add(JpfTarget.class.getName());
    return command.addAll(task.arguments()).build();
  }

  /** The jars, or folders of classes, that this program runs from: what the target consists of. */
  private static String targetClassPath() {
    return Stream.of(
            JpfTarget.class, LiveRun.class, Property.class, ImmutableList.class, Nullable.class)
        .map(JpfRunner::classPathEntry)
        .distinct()
        .collect(joining(","));
  }

  private static String classPathEntry(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
