package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;

/**
 * From what a search found to verdicts.
 *
 * <p>A safety property is expected to hold or to break at any sizes. Of scarcity, progress and
 * sanity properties something is expected at the default sizes only: with frames for everybody,
 * say, nobody needs to be parked or can be trapped, and that is no defect. At other sizes what is
 * found of them is information, and counts as expected; so is it that the situation of a safety
 * property cannot come up, unless the judge is strict. Where threads hold something that a design
 * has no search for, progress that it may lose is information too; what it promises it must keep.
 */
public final class Judge {
  private final Job job;
  private final boolean strict;
  private final SearchResult result;
  private final ImmutableList<Decision> idle;

  public Judge(Job job, SearchResult result) {
    this(job, result, false);
  }

  /**
   * The same.
   *
   * @param strict is it a failure, at sizes that the user gives too, that the situation of a
   *     property never comes up?
   */
  public Judge(Job job, SearchResult result, boolean strict) {
    this.strict = strict;
    this.job = job;
    this.result = result;
    this.idle =
        job.subject().decisions().all().stream()
            .filter(decision -> decision.acts() && !ran(decision, result.executed()))
            .collect(ImmutableList.toImmutableList());
  }

  /** The decisions of the design that should act, and of which no operation ran in the search. */
  public ImmutableList<Decision> idle() {
    return idle;
  }

  /** One finding for each property, in the order of every table. */
  public ImmutableList<Finding> findings() {
    return StackProperties.ALL.stream().map(this::finding).collect(ImmutableList.toImmutableList());
  }

  private Finding finding(Property property) {
    if (!job.subject().expectation().claims(property)) {
      return new Finding(property, Verdict.NOT_CLAIMED, Verdict.NOT_CLAIMED, null);
    }
    Verdict verdict = verdict(property);
    return new Finding(
        property, verdict, expected(property, verdict), result.found().get(property));
  }

  private Verdict verdict(Property property) {
    boolean found = result.found().containsKey(property);
    return switch (property.kind()) {
      case SAFETY, SCARCITY, PROGRESS -> {
        if (found) {
          yield Verdict.VIOLATED;
        }
        if (!result.complete() || result.undecided().containsKey(property)) {
          yield Verdict.UNDECIDED;
        }
        boolean meant = result.premises().contains(property) && idle.isEmpty();
        yield meant ? Verdict.HOLDS : Verdict.VACUOUS;
      }
      case SANITY -> {
        if (found) {
          yield Verdict.REACHED;
        }
        yield result.complete() ? Verdict.UNREACHABLE : Verdict.UNDECIDED;
      }
    };
  }

  private Verdict expected(Property property, Verdict verdict) {
    if (result.stop() == StopReason.FOUND && verdict == Verdict.UNDECIDED) {
      return verdict; // it ended by itself, with what it looked for
    }
    boolean expects = job.subject().expectation().expects(job.assumptions(), property);
    boolean anySizes = property.kind() == Property.Kind.SAFETY && !isTrapOfAll(property);
    if (!anySizes && verdict != Verdict.UNDECIDED) {
      if (!isExpectedHere() || isOnlyPossible(property)) {
        return verdict;
      }
    }
    if (!strict
        && !job.atDefaultSizes()
        && verdict == Verdict.VACUOUS
        && !result.premises().contains(property)) {
      return verdict; // with frames for everybody, say, nobody is ever parked
    }
    return switch (property.kind()) {
      case SAFETY, SCARCITY, PROGRESS -> expects ? Verdict.HOLDS : Verdict.VIOLATED;
      case SANITY -> expects ? Verdict.REACHED : Verdict.UNREACHABLE;
    };
  }

  /**
   * At the usual sizes; of a defect only in the searches that are made for it, unless threads hold
   * nothing.
   */
  private boolean isExpectedHere() {
    boolean bare = job.assumptions().kernel().equals(KernelLoad.BARE);
    return job.atDefaultSizes() && (bare || job.subject().defect() == null || job.isDefault());
  }

  /**
   * What threads hold traps who waits for it, where frames are few enough for that, which is said
   * of the searches that a design has for it. Elsewhere a design promises what it does not say that
   * it breaks; and what it says that it breaks may hold.
   */
  private boolean isOnlyPossible(Property property) {
    boolean bare = job.assumptions().kernel().equals(KernelLoad.BARE);
    Property said = isTrapOfAll(property) ? StackProperties.SCHEDULABLE : property;
    return !bare
        && !job.isDefault()
        && !job.subject().expectation().expects(job.assumptions(), said);
  }

  /**
   * Where threads hold what reclaim needs, and there are few enough frames, all of them are trapped
   * at once.
   */
  private boolean isTrapOfAll(Property property) {
    return property.equals(StackProperties.DEADLOCK_FREE)
        && !job.assumptions().kernel().equals(KernelLoad.BARE);
  }

  /**
   * An enum constant with a body is of a class of its own; its operations may stand in the enum.
   */
  private static boolean ran(Decision decision, ImmutableSet<Class<?>> executed) {
    Class<?> type = decision.getClass();
    return executed.contains(type)
        || decision instanceof Enum<?> constant && executed.contains(constant.getDeclaringClass());
  }
}
