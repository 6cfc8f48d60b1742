package dev.kstack.checks.report;

import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.trace.JsonTrace;
import dev.kstack.checks.trace.StoredRun;
import dev.kstack.checks.trace.TraceFormatException;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A trace that was read from a file, of a design and a property that there are.
 *
 * @param job the machine that it is of
 * @param property what it violates or reaches
 * @param stored the run
 */
public record StoredTrace(Job job, Property property, StoredRun stored) {
  /** A trace of a million steps is less; what is larger was not written by us. */
  private static final long MOST_BYTES = 64L << 20;

  /**
   * Reads it.
   *
   * @throws UsageException if it cannot be read, is no trace, is of another version, or names
   *     something that there is not
   */
  public static StoredTrace read(Path file, Catalogue catalogue) {
    try {
      return parse(text(file), catalogue);
    } catch (UsageException e) {
      throw new UsageException("%s: %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * Reads it from a text that came from elsewhere.
   *
   * @throws UsageException if it is no trace, is of another version, or names something that there
   *     is not
   */
  public static StoredTrace parse(String text, Catalogue catalogue) {
    try {
      return of(JsonTrace.read(text), catalogue);
    } catch (TraceFormatException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static String text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new UsageException("is a folder, not a trace");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new UsageException(
            "has %,d bytes; a trace has at most %,d".formatted(Files.size(file), MOST_BYTES));
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no such file");
    } catch (CharacterCodingException e) {
      throw new UsageException("is not a text in UTF-8");
    } catch (IOException e) {
      throw new UsageException("cannot be read (%s)".formatted(Trouble.of(e)));
    }
  }

  private static StoredTrace of(StoredRun stored, Catalogue catalogue) {
    Subject subject =
        catalogue.find(
            stored.defect() == null ? stored.design() : stored.design() + "+" + stored.defect());
    Sizes c = stored.config();
    Sizes sizes =
        new SizeOptions(c.cpus(), c.threads(), c.pages(), c.frames(), c.reserve(), c.speculation())
            .of(subject);
    Property property =
        StackProperties.ALL.stream()
            .filter(p -> p.name().equals(stored.property()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException("no property is called '%s'".formatted(stored.property())));
    int task = task(stored.run().ending());
    if (task < 0 || task > sizes.threads()) {
      throw new UsageException(
          "ending is about task %d; there are %d, from 1".formatted(task, sizes.threads()));
    }
    return new StoredTrace(
        new Job(subject, stored.assumptions(), sizes, stored.broken()), property, stored);
  }

  /** Of whom the ending says something; 0 if it says nothing, -1 if it does of nobody. */
  private static int task(Ending ending) {
    if (ending instanceof Ending.Trap trap) {
      return trap.task() == 0 ? -1 : trap.task();
    }
    if (ending instanceof Ending.Loop loop) {
      return loop.task() == 0 ? -1 : loop.task();
    }
    return 0;
  }
}
