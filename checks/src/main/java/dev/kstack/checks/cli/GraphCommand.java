package dev.kstack.checks.cli;

import dev.kstack.checks.explore.StateGraph;
import dev.kstack.checks.export.GraphAut;
import dev.kstack.checks.export.GraphDot;
import dev.kstack.checks.export.GraphMl;
import dev.kstack.checks.export.RvDot;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack graph}: the states of a design as a graph. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Writes the states of a design and the steps between them, as a search sees them; or what the"
          + " specification allows of one page, as an automaton.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written; where there are more states than --max-states, a note on stderr says so",
      "2:wrong usage: an unknown design, impossible sizes, a file that cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack graph unwinder --cpus 1 --pages 2 --max-states 100 --to dot | dot -Tsvg > g.svg",
      "  ./kstack graph switch-out --pages 2 --max-states 100k --to aut -o switch-out.aut",
      "  ./kstack graph --to rv-dot -o stack_page.dot     for rvgen of Linux"
    })
final class GraphCommand implements Callable<Integer> {
  private static final long DEFAULT_STATES = 1_000;
  private static final long MOST_STATES = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DESIGN",
      completionCandidates = DesignNames.class,
      arity = "0..1",
      description = "switch-out, or switch-out+H8; none with --to rv-dot.")
  private @Nullable String name;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      converter = GraphFormatConverter.class,
      description = {
        "dot: Graphviz.",
        "aut: Aldebaran, for CADP, mCRL2 and LTSmin.",
        "graphml: GraphML, for Gephi, yEd and Cytoscape.",
        "rv-dot: the automaton of a page, for Linux's generator of runtime monitors."
      })
  private GraphFormat format = GraphFormat.DOT;

  @Option(
      names = "--max-states",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "The most states, such as 500 or 100k, up to 1M. Default: 1000.")
  private long maxStates = DEFAULT_STATES;

  @ArgGroup(validate = false, heading = "%nWhat is assumed:%n")
  private AssumptionArguments assumptions = new AssumptionArguments();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write there, all or nothing. Default: stdout.")
  private @Nullable Path output;

  @ArgGroup(validate = false, heading = "%nSizes of the machine (default: those of each design):%n")
  private SizeArguments sizes = new SizeArguments();

  @Override
  public Integer call() {
    if (output != null) {
      WholeFile.tryOut("--output", output);
    }
    String text = format == GraphFormat.RV_DOT ? automaton() : graph();
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
    } else {
      WholeFile.write("--output", output, text);
    }
    return ExitCode.AS_EXPECTED;
  }

  private String automaton() {
    if (name != null || !sizes.areDefault()) {
      throw new UsageException(
          "--to rv-dot: is of the specification; leave the design and the sizes away");
    }
    return RvDot.text();
  }

  private String graph() {
    if (name == null) {
      throw new UsageException("--to %s: of which design? See ./kstack designs".formatted(format));
    }
    if (maxStates < 1 || maxStates > MOST_STATES) {
      throw new UsageException(
          "--max-states %d: must be from 1 to %,d".formatted(maxStates, MOST_STATES));
    }
    Subject subject = new Catalogue(Designs.ALL).find(name);
    Assumptions assumed = assumptions.one(subject, Hardware.MANUALS);
    Job job = new Job(subject, assumed, sizes.toOptions().of(subject, assumed));
    StateGraph graph = StateGraph.of(job.program(), (int) maxStates);
    if (!graph.complete()) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "kstack: note: these are the first %,d states; there are more: --max-states%n",
          graph.states().size());
      err.flush();
    }
    return switch (format) {
      case DOT -> GraphDot.of(job.name(), graph);
      case AUT -> GraphAut.of(graph);
      case GRAPHML -> GraphMl.of(graph);
      case RV_DOT -> throw new IllegalStateException();
    };
  }
}
