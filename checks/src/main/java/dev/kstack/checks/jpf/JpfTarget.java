package dev.kstack.checks.jpf;

import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.live.FlatRun;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.HashSet;
import java.util.Set;

/**
 * The program that Java PathFinder explores: all processes of a design, each on a thread of its
 * own. What JPF chooses for {@link java.util.Random} is what the environment chooses. It needs
 * nothing of JPF, and runs on any JVM.
 *
 * <p>Each operation is printed, as {@link dev.kstack.model.live.StepCode}: JPF can say what was
 * printed on the way to an error. What is violated is the message of the error: see {@link
 * FlatRun}.
 */
public final class JpfTarget {
  static final String BEGIN = "kstack-begin";
  static final String END = "kstack-end";

  /** Activations without end. */
  public static final int ENDLESS = -1;

  /** What an argument begins with that names a word to be announced. */
  static final String ANNOUNCE = "announce=";

  private static final int FIRST_PROPERTY = 10;

  private JpfTarget() {}

  /**
   * A name for people, the decisions as {@link DecisionCode}, what is assumed, the six sizes, how
   * many activations of each process ({@code -1} for no end), the properties to look for, and
   * {@code announce=WORD} for each word that is accessed plainly where others may touch it.
   */
  public static void main(String[] args) throws InterruptedException, ReflectiveOperationException {
    Sizes sizes =
        new Sizes(
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]),
            Integer.parseInt(args[6]),
            Integer.parseInt(args[7]),
            Integer.parseInt(args[8]));
    Program program = new Kernel(sizes, DecisionCode.read(args[1]), Assumptions.parse(args[2]));
    Set<Property> until = new HashSet<>();
    Set<String> announced = new HashSet<>();
    for (int i = FIRST_PROPERTY; i < args.length; i++) {
      if (args[i].startsWith(ANNOUNCE)) {
        announced.add(args[i].substring(ANNOUNCE.length()));
      } else {
        until.add(property(program, args[i]));
      }
    }
    System.out.println(BEGIN);
    FlatRun.explored(program, Integer.parseInt(args[9]), until, announced);
    System.out.println(END);
  }

  private static Property property(Program program, String name) {
    for (Property claim : program.layout().claims()) {
      if (claim.name().equals(name)) {
        return claim;
      }
    }
    throw new IllegalArgumentException(name);
  }
}
