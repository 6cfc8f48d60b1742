package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.spec.Property;
import org.jspecify.annotations.Nullable;

/** What became of a mutant; and how the table says it. */
sealed interface Fate {
  /** What killed it. */
  String by();

  /** The length of the run that shows it. */
  default String steps() {
    return "";
  }

  /** How many states were found. */
  default String found() {
    return "";
  }

  /** In which mode. */
  default String hardware() {
    return "";
  }

  /** What is to be said besides; empty if nothing. */
  default String remark() {
    return "";
  }

  private static String count(long states) {
    return "%,d".formatted(states);
  }

  /**
   * A property is not as it is in the design.
   *
   * @param property which one; of several that with the shortest run
   * @param steps how many; or the verdict, if it is that something never happens
   * @param rung where
   * @param states found until the search ended
   * @param broken the rules of locking that the search relied on no more
   * @param run a shortest one that shows it; null if it is that something never happens
   */
  record Killed(
      Property property,
      String steps,
      Rung rung,
      long states,
      ImmutableSet<String> broken,
      @Nullable Counterexample run)
      implements Fate {
    @Override
    public String by() {
      return property.name();
    }

    @Override
    public String found() {
      return count(states);
    }

    @Override
    public String hardware() {
      return rung.hardware().label();
    }
  }

  /** It is no program: the search refuses it. */
  record Refused(String message, Rung rung) implements Fate {
    @Override
    public String by() {
      return "model error";
    }

    @Override
    public String hardware() {
      return rung.hardware().label();
    }

    @Override
    public String remark() {
      return message;
    }
  }

  /** All searches went to their end, and nothing was found. */
  record Survived(long states) implements Fate {
    @Override
    public String by() {
      return "-";
    }

    @Override
    public String found() {
      return count(states);
    }
  }

  /** The budget ended a search, and nothing was found until then. */
  record Undecided(String why, Rung rung, long states) implements Fate {
    @Override
    public String by() {
      return "?";
    }

    @Override
    public String found() {
      return count(states);
    }

    @Override
    public String hardware() {
      return rung.hardware().label();
    }

    @Override
    public String remark() {
      return why;
    }
  }

  /** An operation that it should change was never wanted, so nothing was tried. */
  record NotApplied(Place place) implements Fate {
    @Override
    public String by() {
      return "not applied";
    }

    @Override
    public String remark() {
      return "there is no %s".formatted(place);
    }
  }
}
