package dev.kstack.checks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TLC, the checker of the TLA+ tools: breadth first, on all cores. */
record Tlc(Path jar) implements Peer {
  private static final String MODULE = "FilterLock.tla";

  static Tlc of(Map<String, String> environment) {
    return new Tlc(
        Peer.path(environment, "KSTACK_TLC", "tla2tools.jar (lamport.azurewebsites.net/tla)"));
  }

  @Override
  public String name() {
    return "TLC";
  }

  @Override
  public Found filterLock(int processes, Path folder) throws IOException {
    Files.writeString(folder.resolve(MODULE), Peer.text(MODULE));
    Files.writeString(
        folder.resolve("FilterLock.cfg"),
        "CONSTANT N = %d%nINIT Init%nNEXT Next%nINVARIANT MutualExclusion%n".formatted(processes));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    long began = System.nanoTime();
    String said =
        Peer.run(
            folder,
            List.of(
                java,
                "-XX:+UseParallelGC",
                "-cp",
                jar.toString(),
                "tlc2.TLC",
                "-workers",
                "auto",
                "-deadlock",
                "-config",
                "FilterLock.cfg",
                MODULE));
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Found(
        Peer.number(said, "distinct states found"),
        Peer.number(said, "states generated") - 1, // the first state is no step's
        seconds,
        said.contains("No error has been found"));
  }

  @Override
  public @Nullable Found stackProtocol(Path folder) {
    return null;
  }
}
