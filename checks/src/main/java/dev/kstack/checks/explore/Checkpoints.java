package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one search: what it needs to go on after the program was killed. The last two
 * are kept, so that there is one to go on from if the last is damaged.
 */
public final class Checkpoints {
  private static final int KEPT = 2;
  private static final double MOST_BETWEEN_PHASES = 60;

  private final Path folder;
  private final String name;
  private final CheckpointFile.Head head;
  private final double every;
  private final Consumer<String> told;
  private long lastWritten = System.nanoTime();
  private int last;

  /**
   * In a folder, which must be there.
   *
   * @param name what the files' names begin with; nobody else's there do
   * @param build of which code they are: others are refused
   * @param search of what they are: others are refused
   * @param every seconds between two of them
   * @param told what people should know: a checkpoint that is refused, or could not be written
   */
  public Checkpoints(
      Path folder, String name, String build, String search, double every, Consumer<String> told) {
    this.folder = folder;
    this.name = name;
    this.head = new CheckpointFile.Head(build, search);
    this.every = every;
    this.told = told;
  }

  private Path file(int number) {
    return folder.resolve("%s.%d.checkpoint".formatted(name, number));
  }

  private Path finished() {
    return folder.resolve(name + ".finished");
  }

  /** Is it time for the next one? */
  boolean due() {
    return elapsed() >= every;
  }

  /** The same between two phases of a search, of which there are few. */
  boolean dueBetweenPhases() {
    return elapsed() >= Math.min(every, MOST_BETWEEN_PHASES);
  }

  private double elapsed() {
    return (System.nanoTime() - lastWritten) / 1e9;
  }

  /** Writes the next one. If it cannot, the search goes on, and the ones before it stay. */
  void write(CheckpointFile.Content content) {
    try {
      CheckpointFile.write(file(last + 1), head, content);
      last++;
      for (int old : numbers()) {
        if (old <= last - KEPT) {
          Files.deleteIfExists(file(old));
        }
      }
    } catch (IOException e) {
      told.accept(
          "%s: cannot be written (%s); the search goes on"
              .formatted(file(last + 1).getFileName(), e.getMessage()));
    }
    lastWritten = System.nanoTime();
  }

  /** Those that are there, the newest first. */
  private List<Integer> numbers() throws IOException {
    String begin = name + ".";
    List<Integer> numbers = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder, begin + "*.checkpoint")) {
      for (Path file : files) {
        String number = file.getFileName().toString().substring(begin.length()).split("\\.")[0];
        if (number.matches("\\d{1,9}")) {
          numbers.add(Integer.parseInt(number));
        }
      }
    }
    numbers.sort((a, b) -> b - a);
    return numbers;
  }

  /** Takes what stands in a file. */
  @FunctionalInterface
  interface Taker {
    void from(CheckpointIn in) throws IOException, CheckpointRefusedException;
  }

  /**
   * Hands over the newest one that can be used, and says of those that cannot why.
   *
   * @return false if there is none
   */
  boolean resume(Taker taker) throws IOException {
    List<Integer> numbers = numbers();
    if (numbers.isEmpty()) {
      return false;
    }
    last = numbers.get(0);
    for (int i = 0; i < numbers.size(); i++) {
      Path file = file(numbers.get(i));
      try (CheckpointIn in = CheckpointFile.open(file, head)) {
        taker.from(in);
        told.accept("%s: the search goes on from there".formatted(file.getFileName()));
        return true;
      } catch (CheckpointRefusedException e) {
        String instead =
            i + 1 < numbers.size() ? "the one before it is tried" : "the search begins anew";
        told.accept("%s: %s; %s".formatted(file.getFileName(), e.getMessage(), instead));
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".refused"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return false;
  }

  /** The search has ended with this, for good: its checkpoints are not needed any more. */
  public void finish(SearchResult result) {
    try {
      CheckpointFile.write(finished(), head, out -> StoredResult.put(result, out));
      for (int old : numbers()) {
        Files.deleteIfExists(file(old));
      }
    } catch (IOException e) {
      told.accept("%s: cannot be written (%s)".formatted(finished().getFileName(), e.getMessage()));
    }
  }

  /** What the search ended with; null if it has not. */
  public @Nullable SearchResult result() throws IOException {
    if (!Files.exists(finished())) {
      return null;
    }
    try (CheckpointIn in = CheckpointFile.open(finished(), head)) {
      return StoredResult.get(in);
    } catch (CheckpointRefusedException e) {
      told.accept(
          "%s: %s; the search is done again".formatted(finished().getFileName(), e.getMessage()));
      return null;
    }
  }
}
