package dev.kstack.checks.bench;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.machine.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The explorer beside other model checkers that the user has: on the filter lock, of which all must
 * find the same states, and on a protocol of stacks, each with its own reductions.
 */
public final class AgainstPeers {
  private final List<Peer> peers = new ArrayList<>();
  private final int processes;
  private final Settings settings;
  private final PrintWriter out;

  /**
   * Beside nobody yet.
   *
   * @param processes of the filter lock
   */
  public AgainstPeers(int processes, Settings settings, PrintWriter out) {
    this.processes = processes;
    this.settings = settings;
    this.out = out;
  }

  /** Beside Spin as well. The environment says where it is. */
  public void spin(Map<String, String> environment) {
    peers.add(Spin.of(environment));
  }

  /** Beside TLC as well. */
  public void tlc(Map<String, String> environment) {
    peers.add(Tlc.of(environment));
  }

  /** Returns false if somebody finds other states of the filter lock than the explorer. */
  public boolean run() throws IOException {
    Path folder = Files.createTempDirectory("kstack-bench");
    try {
      out.printf("%-48s %12s %12s %8s%n", "", "states", "transitions", "seconds");
      out.printf("filter lock, %d processes%n", processes);
      Peer.Found ours = explorer("", new FilterLock(processes, false), Reductions.ALL);
      boolean same = ours.complete();
      for (Peer peer : peers) {
        Peer.Found theirs = peer.filterLock(processes, folder);
        report(peer.name(), theirs);
        same &=
            theirs.complete()
                && theirs.states() == ours.states()
                && theirs.transitions() == ours.transitions();
      }
      out.println("stack protocol, 3 CPUs, 3 threads, 2 pages");
      explorer("", new StackProtocol(), Reductions.ALL);
      explorer(", no reduction", new StackProtocol(), Reductions.NONE);
      for (Peer peer : peers) {
        Peer.Found theirs = peer.stackProtocol(folder);
        if (theirs != null) {
          report(peer.name() + ", partial-order reduction", theirs);
        }
      }
      if (!same) {
        out.println("WRONG: they do not agree on the filter lock.");
      }
      out.flush();
      return same;
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private Peer.Found explorer(String how, Program program, Reductions reductions) {
    SearchResult result = new Explorer(program, settings.withReductions(reductions)).search();
    Peer.Found found =
        new Peer.Found(result.states(), result.transitions(), result.seconds(), result.complete());
    report("kstack, %d workers%s".formatted(settings.workers(), how), found);
    return found;
  }

  private void report(String who, Peer.Found found) {
    out.printf(
        "  %-46s %,12d %,12d %8.1f%s%n",
        who,
        found.states(),
        found.transitions(),
        found.seconds(),
        found.complete() ? "" : "  not all");
    out.flush();
  }
}
