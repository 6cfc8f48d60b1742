package dev.kstack.checks.least;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Searches value by value, from the least that is possible. So the least for which the property
 * holds is the least, whether or not the property holds for all greater ones, which nobody assumes:
 * some values above are searched too, and what is found there is told.
 */
public final class LeastSearch {
  private final Function<Job, SearchResult> search;
  private final Consumer<Attempt> heard;
  private final int above;

  /**
   * How to search.
   *
   * @param search does one
   * @param heard is told of each value when it is searched
   * @param above how many values above the least to search too
   */
  public LeastSearch(Function<Job, SearchResult> search, Consumer<Attempt> heard, int above) {
    this.search = search;
    this.heard = heard;
    this.above = above;
  }

  /** The answer. What comes behind a search that is cut short is not decided. */
  public Answer answer(Question question) {
    Range range = question.range();
    List<Attempt> attempts = new ArrayList<>();
    return switch (question.quantity()) {
      case RESERVE, FRAMES -> least(question, range, attempts);
      case ADMISSION -> greatest(question, range, attempts);
    };
  }

  private Answer least(Question question, Range range, List<Attempt> attempts) {
    for (int value = range.from(); value <= range.to(); value++) {
      Attempt attempt = attempt(question, value, attempts);
      if (attempt.verdict() == Verdict.UNDECIDED) {
        return answer(question, range, attempts, null, true);
      }
      if (attempt.holds()) {
        for (int more = value + 1; more <= Math.min(value + above, range.to()); more++) {
          attempt(question, more, attempts);
        }
        return answer(question, range, attempts, value, false);
      }
    }
    return answer(question, range, attempts, null, false);
  }

  private Answer greatest(Question question, Range range, List<Attempt> attempts) {
    Integer value = null;
    for (int threads = range.from(); threads <= range.to(); threads++) {
      Attempt attempt = attempt(question, threads, attempts);
      if (attempt.verdict() == Verdict.UNDECIDED) {
        return answer(question, range, attempts, null, true);
      }
      if (!attempt.holds()) {
        break;
      }
      value = threads;
    }
    return answer(question, range, attempts, value, false);
  }

  private Attempt attempt(Question question, int value, List<Attempt> attempts) {
    Job job = question.job(value);
    Attempt attempt = Attempt.of(value, job, search.apply(job), question.properties());
    attempts.add(attempt);
    heard.accept(attempt);
    return attempt;
  }

  private static Answer answer(
      Question question,
      Range range,
      List<Attempt> attempts,
      @Nullable Integer value,
      boolean undecided) {
    return new Answer(question, range, ImmutableList.copyOf(attempts), value, undecided);
  }
}
