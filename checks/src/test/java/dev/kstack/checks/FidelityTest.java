package dev.kstack.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a comment {@code K:} of the model names has a row in the table of fidelity. */
class FidelityTest {
  private static final Path TABLE = Path.of("..", "docs", "fidelity.md");
  private static final Path MODEL = Path.of("..", "model", "src", "main", "java");

  /** Where a comment goes on in the next line. */
  private static final Pattern LINE_OF_COMMENT = Pattern.compile("\\n\\s*(?:\\*|//) ?");

  /** Up to the end of the sentence, which no dot of a file's name is. */
  private static final Pattern CLAIM =
      Pattern.compile("K(?: \\([0-9.]+\\))?:((?:[^.;*]|\\.(?=\\S))*)");

  private static final Pattern FUNCTION = Pattern.compile("\\b[a-z_][a-z_0-9]+\\(\\)");

  @Test
  void everyFunctionThatTheModelNamesHasARow() throws IOException {
    String table = Files.readString(TABLE);
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(MODEL)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("live")) // no kernel is there
          .forEach(file -> named.addAll(named(file)));
    }
    assertTrue(named.size() > 60, () -> "the comments are not found: " + named);
    assertTrue(named.contains("__task_rq_lock()"), named::toString);

    Set<String> missing = new TreeSet<>();
    for (String function : named) {
      if (rows(table).noneMatch(row -> row.contains("`" + function + "`"))) {
        missing.add(function);
      }
    }
    assertEquals(Set.of(), missing, "functions that no row of docs/fidelity.md is about");
  }

  private static Set<String> named(Path file) {
    Set<String> named = new TreeSet<>();
    try {
      String text = LINE_OF_COMMENT.matcher(Files.readString(file)).replaceAll(" ");
      Matcher claim = CLAIM.matcher(text);
      while (claim.find()) {
        Matcher function = FUNCTION.matcher(claim.group(1));
        while (function.find()) {
          named.add(function.group());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return named;
  }

  private static Stream<String> rows(String table) {
    return table.lines().filter(line -> line.startsWith("| ")).map(line -> line.split("\\|")[1]);
  }

  @Test
  void whatStaysOutHasARow() throws IOException {
    String table = Files.readString(TABLE);
    for (String out :
        Set.of(
            "proxy execution",
            "core scheduling",
            "stop machine",
            "`migrate_disable()`",
            "NMIs",
            "IRQ stacks")) {
      assertTrue(rows(table).anyMatch(row -> row.contains(out)), out);
    }
  }
}
