package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.report.Catalogue;
import dev.kstack.model.design.Designs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** FINDINGS.md says what its commands print: no claim outlives the search that it rests on. */
class FindingsTest {
  private static final Pattern COMMAND =
      Pattern.compile("\\$ \\./kstack (.*?) +# exit code (\\d+).*");
  private static final String ELISION = "...";

  /** A command of the file, the exit code that stands beside it, and the excerpt below. */
  record Shown(List<String> args, int exitCode, List<String> excerpt) {
    @Override
    public String toString() {
      return String.join(" ", args);
    }
  }

  @BeforeAll
  static void sameNumbersEverywhere() {
    Locale.setDefault(Locale.ROOT);
  }

  static Stream<Shown> commands() throws IOException {
    List<Shown> all = new ArrayList<>();
    Shown last = null;
    boolean inCode = false;
    for (String line : Files.readAllLines(Path.of("..", "FINDINGS.md"))) {
      Matcher command = COMMAND.matcher(line);
      if (line.equals("```")) {
        inCode = !inCode;
      } else if (inCode && command.matches()) {
        last =
            new Shown(
                List.of(command.group(1).split(" +")),
                Integer.parseInt(command.group(2)),
                new ArrayList<>());
        all.add(last);
      } else if (inCode && last != null) {
        last.excerpt().add(line);
      }
    }
    return all.stream();
  }

  @Test
  void everyCommandIsShownWithAnExitCode() throws IOException {
    String text = Files.readString(Path.of("..", "FINDINGS.md"));
    long shown = text.lines().filter(line -> line.startsWith("$ ")).count();

    assertTrue(shown >= 15, "commands: " + shown);
    assertEquals(shown, commands().count());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void namesWhatThereIs(Shown shown) {
    CommandLine.ParseResult parsed =
        Main.commandLine(new Interrupt()).parseArgs(shown.args().toArray(String[]::new));
    assertTrue(parsed.hasSubcommand());
    Catalogue catalogue = new Catalogue(Designs.ALL);
    int first = shown.args().get(0).equals("least") ? 2 : 1;
    List<String> names =
        shown.args().subList(first, shown.args().size()).stream()
            .takeWhile(arg -> !arg.startsWith("--"))
            .toList();
    assertTrue(!names.isEmpty());
    names.forEach(catalogue::find);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void printsWhatIsShown(Shown shown) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine(new Interrupt());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));

    assertEquals(shown.exitCode(), line.execute(shown.args().toArray(String[]::new)));

    List<String> printed = out.toString().lines().toList();
    int from = 0;
    for (String excerpt : shown.excerpt()) {
      if (!excerpt.equals(ELISION)) {
        int at = from;
        while (at < printed.size()
            && !isShown(withoutLines(printed.get(at)), withoutLines(excerpt))) {
          at++;
        }
        assertTrue(at < printed.size(), "not printed, or not in this order: " + excerpt);
        from = at + 1;
      }
    }
  }

  /** Where in a file a function is changes with every edit of the file: {@code schedule:88}. */
  private static String withoutLines(String line) {
    return line.replaceAll("(?<=[a-z]):\\d+\\b", ":0");
  }

  /** A row may be shown without its last columns: how many states, and how long it took. */
  private static boolean isShown(String printed, String excerpt) {
    return printed.equals(excerpt)
        || printed.startsWith(excerpt + " ") && !excerpt.isBlank() && printed.endsWith("s");
  }
}
