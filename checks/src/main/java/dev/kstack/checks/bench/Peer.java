package dev.kstack.checks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.Resources;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Another model checker: a process of its own, on a text that says what a program here says. */
interface Peer {
  /**
   * What it found.
   *
   * @param seconds of the whole process that searches
   * @param complete is this all there is?
   */
  record Found(long states, long transitions, double seconds, boolean complete) {}

  String name();

  /** The filter lock, with nothing left out. The folder is for its files. */
  Found filterLock(int processes, Path folder) throws IOException;

  /** {@link StackProtocol}, with the reductions that it has; null if it is not asked. */
  @Nullable Found stackProtocol(Path folder) throws IOException;

  /** Where a peer is, as the environment says. */
  static Path path(Map<String, String> environment, String variable, String what) {
    String path = environment.get(variable);
    if (path == null || path.isBlank()) {
      throw new UsageException("%s is not set: it says where %s is".formatted(variable, what));
    }
    Path file = Path.of(path.strip()).toAbsolutePath();
    if (!file.toFile().isFile()) {
      throw new UsageException("%s is %s, which is no file".formatted(variable, path));
    }
    return file;
  }

  /** A file that comes with this program. */
  static String text(String name) throws IOException {
    return Resources.toString(Resources.getResource(Peer.class, name), UTF_8);
  }

  /**
   * Runs a command and returns what it says.
   *
   * @throws UsageException if it cannot be run, or fails
   */
  static String run(Path folder, List<String> command) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UsageException("%s cannot be run: %s".formatted(command.get(0), e.getMessage()));
    }
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new UsageException(
            "%s ended with %d:%n%s".formatted(String.join(" ", command), code, said.strip()));
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The number that what was said has before these words, where they come last. */
  static long number(String said, String before) {
    Matcher matcher = Pattern.compile("(\\d+) " + Pattern.quote(before)).matcher(said);
    long number = -1;
    while (matcher.find()) {
      number = Long.parseLong(matcher.group(1));
    }
    if (number < 0) {
      throw new UsageException("nothing is said of \"%s\" in:%n%s".formatted(before, said.strip()));
    }
    return number;
  }
}
