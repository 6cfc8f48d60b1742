package dev.kstack.checks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The explorer beside other model checkers, where they are installed. */
class AgainstPeersTest {
  private static final int PROCESSES = 5;

  @TempDir private Path folder;

  @Test
  void spinFindsTheSameStates() throws IOException {
    assumeTrue(System.getenv("KSTACK_SPIN") != null, "KSTACK_SPIN does not say where Spin is");
    SearchResult ours = new Explorer(new FilterLock(PROCESSES, false), Settings.DEFAULT).search();

    Peer.Found theirs = Spin.of(System.getenv()).filterLock(PROCESSES, folder);

    assertTrue(theirs.complete());
    assertEquals(ours.states(), theirs.states());
    assertEquals(ours.transitions(), theirs.transitions());
  }

  @Test
  void tlcIsReadByItsLastLine() throws IOException {
    Path jar = Files.createFile(folder.resolve("tla2tools.jar"));
    Tlc tlc = Tlc.of(Map.of("KSTACK_TLC", jar.toString()));

    String error = assertThrows(UsageException.class, () -> tlc.filterLock(2, folder)).getMessage();
    assertTrue(error.contains("tlc2.TLC"), error); // an empty jar has none
    String said =
        """
        Progress(9) at 2026-11-27 08:00:00: 100 states generated, 70 distinct states found, 9 states left on queue.
        Model checking completed. No error has been found.
        256 states generated, 120 distinct states found, 0 states left on queue.
        """;
    assertEquals(120, Peer.number(said, "distinct states found"));
    assertEquals(256, Peer.number(said, "states generated"));
  }

  @Test
  void whereAPeerIsMustBeSaid() {
    String unset = assertThrows(UsageException.class, () -> Spin.of(Map.of())).getMessage();
    assertTrue(unset.startsWith("KSTACK_SPIN is not set"), unset);

    Map<String, String> wrong = Map.of("KSTACK_TLC", folder.resolve("none.jar").toString());
    String missing = assertThrows(UsageException.class, () -> Tlc.of(wrong)).getMessage();
    assertFalse(missing.contains("not set"), missing);
    assertTrue(missing.contains("none.jar"), missing);
  }
}
