package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.spec.Property;
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
  private final int width;

  /** With lines that say what was searched. */
  public TextTrace(List<String> heading) {
    this(heading, Detail.USUAL, Ink.NONE);
  }

  /** With more or less of each step, and perhaps in colours. */
  public TextTrace(List<String> heading, Detail detail, Ink ink) {
    this(heading, detail, ink, Integer.MAX_VALUE);
  }

  /** On a screen of that many columns. */
  public TextTrace(List<String> heading, Detail detail, Ink ink, int width) {
    this.width = width;
    this.heading = ImmutableList.copyOf(heading);
    this.detail = detail;
    this.ink = ink;
  }

  /** The run, and what it means for the property. */
  public String of(Property property, Run run) {
    List<String> lines = new ArrayList<>();
    heading.forEach(line -> lines.addAll(new Paragraph("", 0, line).lines(width)));
    lines.add("");
    lines.addAll(new StepTable(run, detail, ink, width).lines());
    lines.add("");
    List<String> ending = ending(property, run, Math.min(width, Paragraph.WIDTH));
    boolean wrong = property.kind() != Property.Kind.SANITY;
    lines.add(wrong ? ink.wrong(ending.get(0)) : ending.get(0));
    lines.addAll(ending.subList(1, ending.size()));
    return String.join("\n", lines) + "\n";
  }

  /** What broke, and why; lines. */
  static List<String> ending(Property property, Run run, int width) {
    List<String> lines = new ArrayList<>();
    Conclusion conclusion = Conclusion.of(property, run);
    lines.add(conclusion.headline());
    conclusion.parts().forEach(part -> add(part.label(), part.texts(), lines, width));
    return lines;
  }

  private static void add(String label, List<String> texts, List<String> lines, int width) {
    String before = "  " + label;
    for (String text : texts) {
      lines.addAll(new Paragraph(before, ENDING_INDENT, text).lines(width));
      before = "";
    }
  }
}
