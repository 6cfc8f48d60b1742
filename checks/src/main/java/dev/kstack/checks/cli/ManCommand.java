package dev.kstack.checks.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kstack man}: the man page. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Prints the man page of kstack and all its commands.", ""},
    footerHeading = "%nExamples:%n",
    footer = {"  ./kstack man | man -l -", "  ./kstack man > ~/.local/share/man/man1/kstack.1"})
final class ManCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(new ManPage(spec.root()).text());
    out.flush();
  }
}
