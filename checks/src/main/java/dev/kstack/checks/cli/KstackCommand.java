package dev.kstack.checks.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What stands before the command. */
@Command(
    name = "kstack",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header =
        "Checks designs of dynamic kernel stacks: every interleaving, up to the sizes you give.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack check                  every design and seeded defect, under both hardware modes",
      "  ./kstack check switch-out       one design",
      "  ./kstack check switch-out+H8    one defect, with the shortest run to each violation",
      "  ./kstack compare                designs x properties x hardware, and what each costs",
      "  ./kstack least frames shrinker  the fewest frames with which nobody is locked out for ever",
      "  ./kstack trace TRACE --slice    the steps of a stored run that matter; or other formats",
      "  ./kstack replay TRACE           takes a stored run again, and confirms or refutes it",
      "  ./kstack graph DESIGN --to dot  its states as a graph; or for mCRL2, Gephi, Linux's rvgen",
      "  ./kstack designs                what there is, where it is from, and what is expected of it",
      "  ./kstack spec --rules           the proposal, sentence by sentence, as rules",
      "  ./kstack mutate                 does a mistake in the model break some property?",
      "  ./kstack bench                  how fast the search is",
      "  ./kstack completion             what bash and zsh need to complete all this",
      "  ./kstack man                    the man page",
      "  ./kstack check --help           all options of a command",
      "",
      "KSTACK_JAVA_OPTS has more options for the JVM, such as -Xmx16g for larger searches.",
      "KSTACK_DEBUG=1 shows where in the program an error came from."
    })
final class KstackCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
