package dev.kstack.checks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Spin writes a checker in C, which is compiled and then searches depth first, on one core. */
record Spin(Path spin) implements Peer {
  static Spin of(Map<String, String> environment) {
    return new Spin(Peer.path(environment, "KSTACK_SPIN", "the program spin (spinroot.com)"));
  }

  @Override
  public String name() {
    return "Spin";
  }

  @Override
  public Found filterLock(int processes, Path folder) throws IOException {
    return search(filterLock(processes), "-DNOREDUCE", folder);
  }

  @Override
  public Found stackProtocol(Path folder) throws IOException {
    return search(Peer.text("stack-protocol.pml"), "-DSAFETY", folder);
  }

  private Found search(String text, String option, Path folder) throws IOException {
    Files.writeString(folder.resolve("model.pml"), text);
    Peer.run(folder, List.of(spin.toString(), "-a", "model.pml"));
    Peer.run(folder, List.of("cc", "-O2", "-DSAFETY", option, "-o", "pan", "pan.c"));
    long began = System.nanoTime();
    // A depth that is never reached, and a table that holds the larger search.
    String said = Peer.run(folder, List.of(folder.resolve("pan").toString(), "-m10000000", "-w24"));
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Found(
        Peer.number(said, "states, stored"),
        Peer.number(said, "transitions (= stored+matched)") - 1, // the first state is no step's
        seconds,
        said.contains("errors: 0") && !said.contains("Search not completed"));
  }

  /** What {@link FilterLock} says, an action there for a step here. */
  private static String filterLock(int processes) {
    String alone =
        IntStream.range(0, processes)
            .mapToObj(k -> "(_pid == %d || level[%d] < level[_pid])".formatted(k, k))
            .collect(Collectors.joining(" && "));
    return """
        byte at[%1$d], level[%1$d], last[%1$d], inside;
        active [%1$d] proctype climber() {
        end:
          do
          :: d_step { at[_pid] == 0 -> level[_pid] = 1; at[_pid] = 1 }
          :: d_step { at[_pid] == 1 -> last[level[_pid]] = _pid; at[_pid] = 2 }
          :: d_step { at[_pid] == 2 && (last[level[_pid]] != _pid || %2$s) ->
               if
               :: level[_pid] == %1$d - 1 -> at[_pid] = 3; inside++; assert(inside == 1)
               :: else -> level[_pid] = level[_pid] + 1; at[_pid] = 1
               fi }
          :: d_step { at[_pid] == 3 -> inside--; level[_pid] = 0; at[_pid] = 0 }
          od
        }
        """
        .formatted(processes, alone);
  }
}
