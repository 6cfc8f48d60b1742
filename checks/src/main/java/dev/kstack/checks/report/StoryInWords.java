package dev.kstack.checks.report;

import dev.kstack.checks.explore.Story;

/** How many steps of a run matter, in a sentence. */
public final class StoryInWords {
  private StoryInWords() {}

  /**
   * Says it.
   *
   * @param told are the steps above the sentence those of the story? Else it says how to see them
   */
  public static String of(Story story, boolean told) {
    String steps =
        story.steps() == story.of()
            ? story.of() == 1 ? "Its one step matters" : "All %d steps matter".formatted(story.of())
            : "%d of %s %d steps %s"
                .formatted(
                    story.steps(),
                    told ? "the" : "these",
                    story.of(),
                    story.steps() == 1 ? "matters" : "matter");
    String turns =
        story.turns() < story.turnsBefore()
            ? ", and %s %d turns instead of %d"
                .formatted(told ? "take" : "need", story.turns(), story.turnsBefore())
            : "";
    String unknown = story.fewest() ? "" : " (not all orders were tried)";
    return steps + turns + unknown + (told || !story.isShorter() ? "." : ": --slice");
  }
}
