package dev.kstack.checks.cli;

/** The command line's entry point; a placeholder until the commands exist. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    String version = Main.class.getPackage().getImplementationVersion();
    System.out.println("kstack " + (version == null ? "(unpackaged)" : version));
  }
}
