package dev.kstack.checks.cli;

import dev.kstack.checks.report.Trouble;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.machine.ModelError;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Errors, as one line that says what is wrong and what would be right. */
final class Complaints {
  private static final String DEBUG = "KSTACK_DEBUG";

  private Complaints() {}

  /** The arguments cannot be understood. */
  static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("kstack: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("See: ./%s --help%n", command.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
  }

  /** The JVM has not enough memory for what was asked. */
  static int exhausted(VirtualMachineError e, CommandLine command) {
    debug(e, command.getErr());
    command
        .getErr()
        .printf(
            "kstack: the JVM is out of memory (%s); try a smaller --memory, or a larger heap:"
                + " KSTACK_JAVA_OPTS=-Xmx16g%n",
            e.getMessage());
    command.getErr().flush();
    return ExitCode.UNDECIDED;
  }

  /** The output went nowhere: whoever reads it has not all of it. */
  static int outputLost(CommandLine command) {
    command
        .getErr()
        .println(
            "kstack: the output cannot be written: the disk is full, or who reads it has gone; what"
                + " was written is not all of it");
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static void debug(Throwable e, PrintWriter err) {
    if (System.getenv(DEBUG) != null) {
      e.printStackTrace(err);
    }
  }

  /** A command failed. */
  static int failure(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    debug(e, err);
    int code;
    if (e instanceof UsageException) {
      err.println("kstack: " + e.getMessage());
      code = ExitCode.USAGE;
    } else if (e instanceof ModelError) {
      err.println("kstack: the model is wrong: " + e.getMessage());
      code = ExitCode.NOT_AS_EXPECTED;
    } else if (e instanceof IOException io) {
      err.println("kstack: a file or a connection fails: " + Trouble.of(io));
      code = ExitCode.USAGE;
    } else {
      err.printf(
          "kstack: an error in kstack itself (%s); %s=1 shows where%n",
          e.getMessage() == null ? "no message" : e.getMessage(), DEBUG);
      code = ExitCode.NOT_AS_EXPECTED;
    }
    err.flush();
    return code;
  }
}
