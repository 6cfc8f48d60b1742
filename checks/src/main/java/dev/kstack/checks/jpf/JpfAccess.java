package dev.kstack.checks.jpf;

/**
 * What a thread was about to access, where JPF saw a data race.
 *
 * @param process whose thread it is
 * @param file the source file of the model
 * @param line the line in it
 */
public record JpfAccess(String process, String file, int line) {
  @Override
  public String toString() {
    return "%s at %s:%d".formatted(process, file, line);
  }
}
