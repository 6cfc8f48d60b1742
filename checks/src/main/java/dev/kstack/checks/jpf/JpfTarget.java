package dev.kstack.checks.jpf;

import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
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
   * A name, the decisions as {@link DecisionCode} or {@code -} for those of the name, what is
   * assumed, the six sizes, how many activations of each process ({@code -1} for no end), the
   * properties to look for, and {@code announce=WORD} for each word that is accessed plainly where
   * others may touch it.
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
    Program program = new Kernel(sizes, decisions(args[0], args[1]), Assumptions.parse(args[2]));
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

  /** Of a code, or else of a name; then all that have a name are in memory, and JPF is slower. */
  private static Decisions decisions(String name, String code) throws ReflectiveOperationException {
    if (!code.equals(DecisionCode.BY_NAME)) {
      return DecisionCode.read(code);
    }
    for (Design design : Designs.ALL) {
      if (design.name().equals(name)) {
        return design.decisions();
      }
      for (Defect defect : design.defects()) {
        if (name.equals(design.name() + '+' + defect.hazard())) {
          return defect.decisions();
        }
      }
    }
    throw new IllegalArgumentException(name);
  }
}
