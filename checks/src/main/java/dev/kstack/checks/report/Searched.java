package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.model.machine.RuleBroken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A search, and those before it that ended because a rule of locking was not kept that they relied
 * on: it was broken, or somebody only looked, and breaks none.
 *
 * @param job what was searched at last: it knows which rules are broken
 * @param result what was found
 * @param breaches how they are broken, one for each search that ended
 */
public record Searched(Job job, SearchResult result, ImmutableList<String> breaches) {
  /** How a job is searched. */
  @FunctionalInterface
  public interface Search {
    /**
     * Searches it.
     *
     * @throws RuleBroken if it breaks a rule that the search relies on
     */
    SearchResult of(Job job) throws IOException;
  }

  /** Begins again, without relying on the rule, until no other is broken. */
  public static Searched of(Job job, Search search) throws IOException {
    List<String> breaches = new ArrayList<>();
    Job now = job;
    while (true) {
      try {
        return new Searched(now, search.of(now), ImmutableList.copyOf(breaches));
      } catch (RuleBroken e) {
        if (now.broken().contains(e.rule())) {
          throw e; // whoever searches relies on it all the same
        }
        breaches.add(String.valueOf(e.getMessage()));
        now = now.breaking(Set.of(e.rule()));
      }
    }
  }

  /** What people should know of it; empty where no rule is broken. */
  public String remark() {
    if (breaches.isEmpty()) {
      return "";
    }
    return ("this search began again, and relies on no rule of locking about %s, nor on any that"
            + " depends on the state: %s")
        .formatted(String.join(", ", job.broken()), breaches.get(0));
  }
}
