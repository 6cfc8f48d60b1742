package dev.kstack.checks.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kstack.checks.jpf.JpfInstallation;
import dev.kstack.checks.jpf.JpfNotFoundException;
import dev.kstack.checks.jpf.JpfRunner;
import dev.kstack.checks.jpf.JpfSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The explorer, Lincheck on the live machine, and Java PathFinder where it is installed, say the
 * same of each defect and of its design. What they say is written to {@code target/agreement.md}.
 *
 * <p>{@code -Dkstack.agreement=NAME} asks about what begins with it only; {@code
 * -Dkstack.jpf.seconds=N} is how long JPF may search each (without, it is not asked); {@code
 * -Dkstack.agreement.long=true} asks Lincheck about all defects within its reach, in some minutes.
 */
class AgreementTest {
  private static final AgreementTable TABLE = new AgreementTable();
  private static final double JPF_SECONDS =
      Double.parseDouble(System.getProperty("kstack.jpf.seconds", "0"));

  static List<Row> rows() {
    String only = System.getProperty("kstack.agreement", "");
    return Row.all().stream().filter(row -> row.job().name().startsWith(only)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theEnginesAgree(Row row) throws IOException {
    Opinions opinions = Opinions.of(row, jpf(), JPF_SECONDS);

    TABLE.add(opinions);
    assertEquals("", opinions.disagreement());
  }

  private static Optional<JpfRunner> jpf() {
    if (JPF_SECONDS == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new JpfRunner(
              JpfInstallation.find(JpfInstallation.Places.ofUser()),
              JpfSettings.load(),
              1024,
              () -> false));
    } catch (JpfNotFoundException e) {
      return Optional.empty();
    }
  }

  @AfterAll
  static void write() throws IOException {
    Files.write(Path.of("target", "agreement.md"), TABLE.lines());
  }
}
