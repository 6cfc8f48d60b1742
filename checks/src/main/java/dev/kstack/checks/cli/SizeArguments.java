package dev.kstack.checks.cli;

import dev.kstack.checks.report.SizeOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sizes of the machine; what is not given is the default of each design. */
final class SizeArguments {
  @Option(names = "--cpus", paramLabel = "N", description = "CPUs, 1 to 8.")
  private @Nullable Integer cpus;

  @Option(names = "--threads", paramLabel = "N", description = "Kernel threads, 1 to 8.")
  private @Nullable Integer threads;

  @Option(names = "--pages", paramLabel = "N", description = "Pages of a stack, 1 to 8.")
  private @Nullable Integer pages;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Page frames in the machine, up to 30. Default: follows from the others.")
  private @Nullable Integer frames;

  @Option(
      names = "--reserve",
      paramLabel = "N",
      description =
          "Frames that other users leave free for stacks. Default: 0, or as the search of the design has it.")
  private @Nullable Integer reserve;

  @Option(
      names = "--speculation",
      paramLabel = "N",
      description = "Speculative page walks in a run, 0 to 7. Default: 1.")
  private @Nullable Integer speculation;

  SizeOptions toOptions() {
    return new SizeOptions(cpus, threads, pages, frames, reserve, speculation);
  }

  boolean areDefault() {
    return toOptions().equals(SizeOptions.NONE);
  }
}
