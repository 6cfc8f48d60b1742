package dev.kstack.checks.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kstack completion}: what a shell needs to complete commands, options and designs. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints a script that lets bash and zsh complete commands, options, formats and the names of"
          + " designs.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(./kstack completion)                     in this shell",
      "  ./kstack completion > ~/.local/share/bash-completion/completions/kstack"
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    out.flush();
  }
}
