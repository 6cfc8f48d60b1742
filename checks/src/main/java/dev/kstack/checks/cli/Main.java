package dev.kstack.checks.cli;

import java.util.Locale;
import picocli.CommandLine;

/** The entry point of {@code kstack}. */
public final class Main {
  private static final int USAGE_WIDTH = 100;

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // the same output everywhere
    Interrupt interrupt = Interrupt.onSignal();
    CommandLine line = commandLine(interrupt);
    int code;
    try {
      code = line.execute(args);
    } catch (OutOfMemoryError | StackOverflowError e) {
      code = Complaints.exhausted(e, line);
    }
    interrupt.finished();
    System.exit(lost(line) ? Complaints.outputLost(line) : code);
  }

  /** Did some of the output not get where it should? Streams of Java remember, and say nothing. */
  private static boolean lost(CommandLine line) {
    boolean lost = line.getOut().checkError();
    for (CommandLine command : line.getSubcommands().values()) {
      lost |= command.getOut().checkError();
    }
    return System.out.checkError() || lost;
  }

  /** All commands. */
  static CommandLine commandLine(Interrupt interrupt) {
    CommandLine line = new CommandLine(new KstackCommand());
    line.addSubcommand(new CheckCommand(interrupt));
    line.addSubcommand(new CompareCommand(interrupt));
    line.addSubcommand(new LeastCommand(interrupt));
    line.addSubcommand(new TraceCommand());
    line.addSubcommand(new ReplayCommand());
    line.addSubcommand(new GraphCommand());
    line.addSubcommand(new ExploreCommand(interrupt));
    line.addSubcommand(new StressCommand(interrupt));
    line.addSubcommand(new DesignsCommand());
    line.addSubcommand(new SpecCommand(interrupt));
    line.addSubcommand(new MutateCommand(interrupt));
    line.addSubcommand(new BenchCommand(interrupt));
    line.addSubcommand(new CompletionCommand());
    line.addSubcommand(new ManCommand());
    line.setUsageHelpWidth(USAGE_WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Complaints::usage);
    line.setExecutionExceptionHandler(Complaints::failure);
    return line;
  }
}
