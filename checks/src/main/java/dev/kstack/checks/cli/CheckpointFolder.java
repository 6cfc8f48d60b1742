package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Checkpoints;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Trouble;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a command's checkpoints: a file that says of what they are, and for each search, by
 * its number, either what it ended with or the last two checkpoints of it. One program at a time.
 */
final class CheckpointFolder implements AutoCloseable {
  private static final String CONTENTS = "searches.txt";
  private static final String LOCK = "lock";
  private static final String TITLE = "kstack-checkpoint/1";

  private final String option;
  private final Path folder;
  private final String build;
  private final List<String> searches = new ArrayList<>();
  private final double every;
  private final FileChannel lock;

  private CheckpointFolder(
      String option, Path folder, List<Job> jobs, Settings settings, double every)
      throws IOException {
    this.option = option;
    this.folder = folder;
    this.every = every;
    this.build = BuildIdentity.ofThis();
    String how = settings.exact() ? ", whole states" : "";
    for (Job job : jobs) {
      searches.add(
          "%s, %s, %s%s"
              .formatted(job.name(), job.assumptions().inWords(), Job.inWords(job.sizes()), how));
    }
    lock = lock();
  }

  /** Begins: nothing may be there yet. */
  static CheckpointFolder begin(Path folder, List<Job> jobs, Settings settings, double every)
      throws IOException {
    String option = "--checkpoint " + folder;
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException(option + ": is not a folder");
    }
    if (Files.exists(folder.resolve(CONTENTS))) {
      throw new UsageException(
          "%s: has checkpoints; to go on from them: --resume %s".formatted(option, folder));
    }
    try {
      Files.createDirectories(folder);
      CheckpointFolder fresh = new CheckpointFolder(option, folder, jobs, settings, every);
      fresh.writeContents();
      return fresh;
    } catch (IOException e) {
      throw new UsageException("%s: cannot write there (%s)".formatted(option, Trouble.of(e)));
    }
  }

  /** Goes on: what is there must be of this command and this build. */
  static CheckpointFolder resume(Path folder, List<Job> jobs, Settings settings, double every)
      throws IOException {
    String option = "--resume " + folder;
    if (!Files.isDirectory(folder)) {
      throw new UsageException(option + ": there is no such folder");
    }
    try {
      CheckpointFolder there = new CheckpointFolder(option, folder, jobs, settings, every);
      try {
        there.requireMine();
      } catch (IOException | UsageException e) {
        there.close();
        throw e;
      }
      return there;
    } catch (IOException e) {
      throw new UsageException("%s: cannot be used (%s)".formatted(option, Trouble.of(e)));
    }
  }

  private void requireMine() throws IOException {
    Path contents = folder.resolve(CONTENTS);
    if (Files.exists(contents)) {
      requireSame(Files.readString(contents));
    } else {
      requireNothing(); // it was killed at once
      writeContents();
    }
  }

  private FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock mine;
    try {
      mine = channel.tryLock(); // goes with the process, however that ends
    } catch (OverlappingFileLockException e) {
      mine = null;
    }
    if (mine == null) {
      channel.close();
      throw new UsageException(option + ": another kstack writes there");
    }
    return channel;
  }

  private String contents() {
    return TITLE + "\n" + build + "\n" + String.join("\n", searches) + "\n";
  }

  private void writeContents() throws IOException {
    Path half = folder.resolve(CONTENTS + ".half");
    Files.writeString(half, contents());
    try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(half, folder.resolve(CONTENTS));
  }

  private void requireNothing() throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.equals(LOCK) && !name.startsWith(CONTENTS)) {
          throw new UsageException(
              "%s: has no checkpoints, but other files, such as %s".formatted(option, name));
        }
      }
    }
  }

  private void requireSame(String found) {
    List<String> lines = found.lines().toList();
    if (lines.size() < 2 || !lines.get(0).equals(TITLE)) {
      throw refused("%s is not as kstack writes it".formatted(CONTENTS));
    }
    if (!lines.get(1).equals(build)) {
      throw refused("they are of another build, %s; this is %s".formatted(lines.get(1), build));
    }
    List<String> theirs = lines.subList(2, lines.size());
    for (int i = 0; i < Math.min(theirs.size(), searches.size()); i++) {
      if (!theirs.get(i).equals(searches.get(i))) {
        throw refused(
            "search %d was of %s; now it is of %s"
                .formatted(i + 1, theirs.get(i), searches.get(i)));
      }
    }
    if (theirs.size() != searches.size()) {
      throw refused("they are of %d searches, not %d".formatted(theirs.size(), searches.size()));
    }
  }

  private UsageException refused(String why) {
    return new UsageException(
        "%s: its checkpoints are not of this command: %s".formatted(option, why));
  }

  /**
   * Those of the search of that number, from 0, as it is done with those settings, without relying
   * on those rules of locking.
   */
  Checkpoints of(
      int number, ImmutableSet<String> broken, Settings settings, Consumer<String> told) {
    String goal =
        settings.endsAt().isNone()
            ? ""
            : ", until %s of %s is found"
                .formatted(settings.endsAt().all() ? "all" : "any", settings.endsAt().properties());
    return new Checkpoints(
        folder,
        "%04d%s".formatted(number + 1, broken.isEmpty() ? "" : "-" + broken.size()),
        build,
        searches.get(number) + goal + (broken.isEmpty() ? "" : ", relying on no rule of " + broken),
        every,
        told);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
