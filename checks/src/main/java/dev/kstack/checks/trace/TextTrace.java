package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as text, for people who know the kernel: a line a step, and below it what else the same
 * context does before another can notice.
 */
public final class TextTrace {
  private static final int ENDING_INDENT = 13;

  private final ImmutableList<String> heading;
  private final Detail detail;
  private final Ink ink;

  /** With lines that say what was searched. */
  public TextTrace(List<String> heading) {
    this(heading, Detail.USUAL, Ink.NONE);
  }

  /** With more or less of each step, and perhaps in colours. */
  public TextTrace(List<String> heading, Detail detail, Ink ink) {
    this.heading = ImmutableList.copyOf(heading);
    this.detail = detail;
    this.ink = ink;
  }

  /** The run, and what it means for the property. */
  public String of(Property property, Run run) {
    List<String> lines = new ArrayList<>(heading);
    lines.add("");
    lines.addAll(new StepTable(run, detail, ink).lines());
    lines.add("");
    List<String> ending = ending(property, run, Paragraph.WIDTH);
    boolean wrong = property.kind() != Property.Kind.SANITY;
    lines.add(wrong ? ink.wrong(ending.get(0)) : ending.get(0));
    lines.addAll(ending.subList(1, ending.size()));
    return String.join("\n", lines) + "\n";
  }

  /** What broke, and why; lines. */
  static List<String> ending(Property property, Run run, int width) {
    List<String> lines = new ArrayList<>();
    String ends = run.steps().isEmpty() ? "at the start" : "in step " + run.steps().size();
    switch (property.kind()) {
      case SAFETY -> {
        lines.add("%s is VIOLATED %s.".formatted(property, ends));
        add("demanded", List.of(property.meaning()), lines, width);
        boolean refinement = property.equals(StackProperties.REFINES_SPEC);
        add("but", refinement ? run.remarks() : new Causes(run).lines(), lines, width);
      }
      case PROGRESS -> {
        boolean loops = StepTable.loopFrom(run) >= 0;
        String from = "from step %d on, for ever".formatted(StepTable.loopFrom(run) + 1);
        lines.add("%s is VIOLATED %s.".formatted(property, loops ? from : ends));
        add("demanded", List.of(property.meaning()), lines, width);
        held(run, lines, width);
      }
      case SANITY -> {
        lines.add("%s is reached %s.".formatted(property, ends));
        add("means", List.of(property.meaning()), lines, width);
      }
    }
    add("at last", new LastState(run.words(), false).lines(), lines, width);
    add("behind it", List.of(property.sentence()), lines, width);
    return lines;
  }

  private static void held(Run run, List<String> lines, int width) {
    Run.Held held = run.held();
    if (held != null) {
      add("but", List.of(whatHolds(held)), lines, width);
      ImmutableList.Builder<String> why = ImmutableList.builder();
      add("because", why.addAll(held.why()).addAll(Causes.waiting(run)).build(), lines, width);
    }
  }

  private static String whatHolds(Run.Held held) {
    if (held.ending() instanceof Ending.Trap trap) {
      return "%s never runs again, whatever anybody does: it runs in none of the %,d states that can be"
              .formatted(held.task(), trap.states())
          + " reached from here";
    }
    return "%s wants to run and need never: everybody goes on, or cannot, and nobody could"
            .formatted(held.task())
        + " run it in its present or next activation, in any state of the loop";
  }

  private static void add(String label, List<String> texts, List<String> lines, int width) {
    String before = "  " + label;
    for (String text : texts) {
      lines.addAll(new Paragraph(before, ENDING_INDENT, text).lines(width));
      before = "";
    }
  }
}
