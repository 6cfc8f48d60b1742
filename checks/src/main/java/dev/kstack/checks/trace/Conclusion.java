package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;

/**
 * What a run means for a property.
 *
 * @param headline which property is violated or reached, and where
 * @param parts what is demanded, what happens instead and why, how it ends, who says so
 */
public record Conclusion(String headline, ImmutableList<Part> parts) {
  /**
   * Some of it.
   *
   * @param label {@code but}, {@code because}
   * @param texts a sentence each; never none
   */
  public record Part(String label, ImmutableList<String> texts) {}

  public static Conclusion of(Property property, Run run) {
    String ends = run.steps().isEmpty() ? "at the start" : "in step " + run.steps().size();
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    String headline =
        switch (property.kind()) {
          case SCARCITY -> {
            add("demanded", List.of(property.meaning()), parts);
            addHeld(run, parts);
            yield "%s is VIOLATED %s.".formatted(property, ends);
          }
          case SAFETY -> {
            add("demanded", List.of(property.meaning()), parts);
            add("but", why(property, run), parts);
            yield "%s is VIOLATED %s.".formatted(property, ends);
          }
          case PROGRESS -> {
            boolean loops = loopFrom(run) >= 0;
            String from = "from step %d on, for ever".formatted(loopFrom(run) + 1);
            add("demanded", List.of(property.meaning()), parts);
            addHeld(run, parts);
            yield "%s is VIOLATED %s.".formatted(property, loops ? from : ends);
          }
          case SANITY -> {
            add("means", List.of(property.meaning()), parts);
            yield "%s is reached %s.".formatted(property, ends);
          }
        };
    add("at last", new LastState(run.words(), false).lines(), parts);
    add("behind it", List.of(property.sentence()), parts);
    return new Conclusion(headline, parts.build());
  }

  private static List<String> why(Property property, Run run) {
    if (property.equals(StackProperties.REFINES_SPEC)) {
      return run.remarks();
    }
    if (property.equals(StackProperties.LOCKING_RULES)) {
      return new Causes(run).brokenRules();
    }
    return property.equals(StackProperties.DATA_RACE_FREE)
        ? new Causes(run).races()
        : new Causes(run).lines();
  }

  /** After how many steps the loop begins; -1 if there is none. */
  public static int loopFrom(Run run) {
    return run.held() != null && run.held().ending() instanceof Ending.Loop loop ? loop.from() : -1;
  }

  private static void addHeld(Run run, ImmutableList.Builder<Part> parts) {
    Run.Held held = run.held();
    if (held != null) {
      add("but", List.of(whatHolds(held)), parts);
      ImmutableList.Builder<String> why = ImmutableList.builder();
      add("because", why.addAll(held.why()).addAll(Causes.waiting(run)).build(), parts);
    }
  }

  private static String whatHolds(Run.Held held) {
    if (held.ending() instanceof Ending.Trap trap) {
      return "%s never runs again, whatever anybody does: it runs in none of the %,d states that can be"
              .formatted(held.task(), trap.states())
          + " reached from here";
    }
    if (held.ending() instanceof Ending.Here) {
      return "%s never runs again while nobody dies: too few frames are left for it"
          .formatted(held.task());
    }
    return "%s wants to run and need never: everybody goes on, or cannot, and nobody could"
            .formatted(held.task())
        + " run it in its present or next activation, in any state of the loop";
  }

  private static void add(String label, List<String> texts, ImmutableList.Builder<Part> parts) {
    if (!texts.isEmpty()) {
      parts.add(new Part(label, ImmutableList.copyOf(texts)));
    }
  }
}
