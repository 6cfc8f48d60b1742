package dev.kstack.checks.cli;

import dev.kstack.checks.jpf.JpfInstallation;
import dev.kstack.checks.jpf.JpfNotFoundException;
import dev.kstack.checks.jpf.JpfRunner;
import dev.kstack.checks.jpf.JpfSettings;
import dev.kstack.checks.report.UsageException;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Option;

/** Who searches. */
final class EngineArguments {
  static final double DEFAULT_SECONDS = 1800;

  private static final int ENDLESS = -1;
  private static final int MEBI_BITS = 20;
  static final long DEFAULT_MEMORY = 1L << 30;

  /** Those that there are. */
  enum Engine {
    EXPLORER,
    JPF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = {
        "explorer: the default.",
        "jpf: Java PathFinder explores the same processes as Java threads, where it is installed"
            + " (JPF_HOME, ~/.jpf/site.properties, or gov.nasa:jpf-core in the local Maven"
            + " repository), and the explorer searches the same. Sizes by default: the smallest that"
            + " show what is expected; 1800 seconds and 1 GiB for each design."
      })
  private Engine engine = Engine.EXPLORER;

  @Option(
      names = "--activations",
      paramLabel = "N",
      description =
          "With jpf: each process enters the kernel so often and no oftener. What is not violated"
              + " then is undecided. Default: without end.")
  private int activations = ENDLESS;

  boolean isJpf() {
    if (engine != Engine.JPF && activations != ENDLESS) {
      throw new UsageException("--activations: goes with --engine jpf only");
    }
    return engine == Engine.JPF;
  }

  int activations() {
    if (activations != ENDLESS && activations < 1) {
      throw new UsageException("--activations %d: must be 1 or more".formatted(activations));
    }
    return activations;
  }

  /**
   * The Java PathFinder that the user has, with so much memory.
   *
   * @throws UsageException if there is none
   */
  static JpfRunner runner(long bytes, BooleanSupplier interrupted) {
    try {
      return new JpfRunner(
          JpfInstallation.find(JpfInstallation.Places.ofUser()),
          JpfSettings.load(),
          Math.max(1, bytes >> MEBI_BITS),
          interrupted);
    } catch (JpfNotFoundException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
