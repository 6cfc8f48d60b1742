package dev.kstack.checks.jpf;

import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.live.LiveRun;
import dev.kstack.model.live.RandomChooser;
import dev.kstack.model.live.StepListener;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * The program that Java PathFinder explores: all processes of a design, each on a thread of its
 * own. What JPF chooses for {@link Random} is what the environment chooses. It needs nothing of
 * JPF, and runs on any JVM.
 *
 * <p>Each step is printed, as {@code kstack-step PROCESS CHOICE...}: JPF can say what was printed
 * on the way to an error. What is violated is the message of the error. Where data races are looked
 * for, {@code kstack-next PROCESS plain|marked CHOICE...} is printed before a process says what it
 * will do next.
 */
public final class JpfTarget {
  static final String STEP = "kstack-step";
  static final String NEXT = "kstack-next";
  static final String PLAIN = "plain";
  static final String MARKED = "marked";
  static final String BEGIN = "kstack-begin";
  static final String END = "kstack-end";

  /** Activations without end. */
  public static final int ENDLESS = -1;

  /** What an argument begins with that names a word to be announced. */
  static final String ANNOUNCE = "announce=";

  private static final int FIRST_PROPERTY = 10;

  private JpfTarget() {}

  /**
   * Design, defect or {@code -}, what is assumed, the six sizes, how many activations of each
   * process ({@code -1} for no end), the properties to look for, and {@code announce=WORD} for each
   * word that is accessed plainly where others may touch it.
   */
  public static void main(String[] args) throws InterruptedException {
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
    RandomChooser chooser = new RandomChooser(new Random());
    LiveRun.explored(
        program, p -> chooser, Integer.parseInt(args[9]), new Printer(), until, announced);
    System.out.println(END);
  }

  private static final class Printer implements StepListener {
    @Override
    public void done(int process, int[] choices) {
      print(STEP + ' ' + process, choices);
    }

    @Override
    public void announced(int process, boolean plain, int[] choices) {
      print(NEXT + ' ' + process + ' ' + (plain ? PLAIN : MARKED), choices);
    }

    private static void print(String begins, int[] choices) {
      StringBuilder line = new StringBuilder(begins);
      for (int choice : choices) {
        line.append(' ').append(choice);
      }
      System.out.println(line);
    }
  }

  private static Property property(Program program, String name) {
    for (Property claim : program.layout().claims()) {
      if (claim.name().equals(name)) {
        return claim;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static Decisions decisions(String name, String hazard) {
    for (Design design : Designs.ALL) {
      if (design.name().equals(name)) {
        if (hazard.equals("-")) {
          return design.decisions();
        }
        for (Defect defect : design.defects()) {
          if (defect.hazard().equals(hazard)) {
            return defect.decisions();
          }
        }
      }
    }
    throw new IllegalArgumentException(name + " " + hazard);
  }
}
