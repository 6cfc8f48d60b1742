package dev.kstack.checks.report;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.refine.RefiningProgram;
import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Program;
import java.util.Collection;

/**
 * One search to be done.
 *
 * @param subject the design, perhaps with a defect
 * @param assumptions under what the verdicts are
 * @param sizes of the machine
 * @param broken the rules of locking that it breaks, so that the search relies on none of them: see
 *     {@link dev.kstack.model.machine.Layout#distrust}
 */
public record Job(
    Subject subject, Assumptions assumptions, Sizes sizes, ImmutableSet<String> broken) {
  static final int DEFAULT_SPECULATION = 1;

  public Job(Subject subject, Assumptions assumptions, Sizes sizes) {
    this(subject, assumptions, sizes, ImmutableSet.of());
  }

  /** The same search, which does not rely on these rules. */
  public Job breaking(Collection<String> rules) {
    return new Job(
        subject,
        assumptions,
        sizes,
        ImmutableSet.<String>builder().addAll(broken).addAll(rules).build());
  }

  public String name() {
    return subject.name();
  }

  /** The closed system to search. */
  public Program program() {
    return new RefiningProgram(kernel());
  }

  /** The same, and nobody holds it against the specification. */
  public Kernel kernel() {
    return new Kernel(sizes, subject.decisions(), assumptions, broken);
  }

  /** The sizes where the user says nothing; what is expected is expected there. */
  public Sizes defaultSizes() {
    DefaultSizes d = subject.sizes(assumptions);
    return new Sizes(
        d.cpus(),
        d.threads(),
        d.pages(),
        d.frames().frames(d.threads(), d.pages()),
        d.reserve(),
        DEFAULT_SPECULATION);
  }

  public boolean atDefaultSizes() {
    return sizes.equals(defaultSizes());
  }

  /** Is this one of the searches that are done where the user says nothing? */
  boolean isDefault() {
    return atDefaultSizes() && subject.assumptions().contains(assumptions);
  }

  /** For people: {@code 2 CPUs, 3 threads, 4 pages a stack, 9 frames, ...}. */
  public static String inWords(Sizes s) {
    return "%s, %s, %s a stack, %s, reserve %d, %s"
        .formatted(
            count(s.cpus(), "CPU"),
            count(s.threads(), "thread"),
            count(s.pages(), "page"),
            count(s.frames(), "frame"),
            s.reserve(),
            count(s.speculation(), "speculative walk"));
  }

  private static String count(int n, String what) {
    return n == 1 ? "1 " + what : n + " " + what + "s";
  }
}
