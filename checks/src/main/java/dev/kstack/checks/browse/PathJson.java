package dev.kstack.checks.browse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import java.util.List;

/** Steps as the page sends them: {@code [[process, choice, ...], ...]}. */
final class PathJson {
  private static final int MOST_STEPS = 100_000;
  private static final int MOST_CHOICES = 64;

  private PathJson() {}

  /**
   * Reads them.
   *
   * @throws Refusal if these are no steps, or too many
   */
  static ImmutableList<Step> read(JsonNode array) throws Refusal {
    if (!array.isArray() || array.size() > MOST_STEPS) {
      throw new Refusal(400, "steps is no array of at most %,d".formatted(MOST_STEPS));
    }
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    for (JsonNode step : array) {
      if (!step.isArray() || step.isEmpty() || step.size() > 1 + MOST_CHOICES) {
        throw new Refusal(400, "a step is an array: who takes it, and the choices in it");
      }
      ImmutableList.Builder<Integer> choices = ImmutableList.builder();
      for (JsonNode number : step) {
        if (!number.isInt()) {
          throw new Refusal(400, "a step has ints only");
        }
      }
      for (int i = 1; i < step.size(); i++) {
        choices.add(step.get(i).intValue());
      }
      steps.add(new Step(step.get(0).intValue(), choices.build()));
    }
    return steps.build();
  }

  static void write(List<Step> steps, ArrayNode array) {
    for (Step step : steps) {
      write(step, array.addArray());
    }
  }

  static void write(Step step, ArrayNode array) {
    array.add(step.process());
    step.choices().forEach(array::add);
  }
}
