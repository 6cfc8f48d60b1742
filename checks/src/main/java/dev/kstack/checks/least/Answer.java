package dev.kstack.checks.least;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the searches say of a question.
 *
 * @param question the question
 * @param range the values that are possible
 * @param attempts the values that were searched, in order, without gaps from the first possible one
 * @param value the least (of admission the greatest) for which it holds; null if there is none, or
 *     if it is not decided
 * @param undecided is it not decided?
 */
public record Answer(
    Question question,
    Range range,
    ImmutableList<Attempt> attempts,
    @Nullable Integer value,
    boolean undecided) {

  /** The searched value next to the answer that breaks the property; null if there is none. */
  public @Nullable Attempt breaking() {
    Attempt breaking = null;
    for (Attempt attempt : attempts) {
      boolean before =
          value == null || question.quantity() == Quantity.ADMISSION || attempt.value() < value;
      if (before && attempt.verdict() == Verdict.VIOLATED) {
        breaking = attempt;
      }
    }
    return breaking;
  }

  /** The values above the least that were searched too. */
  public ImmutableList<Attempt> above() {
    return value == null || question.quantity() == Quantity.ADMISSION
        ? ImmutableList.of()
        : attempts.stream().filter(a -> a.value() > value).collect(ImmutableList.toImmutableList());
  }
}
