package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;

/**
 * A text with a label before it, broken into lines.
 *
 * @param label stands before the first line
 * @param indent where every line of the text begins
 * @param text the text
 */
public record Paragraph(String label, int indent, String text) {
  static final int WIDTH = 100;

  public ImmutableList<String> lines() {
    return lines(WIDTH);
  }

  /** Broken at another width. */
  public ImmutableList<String> lines(int width) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    StringBuilder line = new StringBuilder(label);
    pad(line);
    boolean empty = true;
    for (String word : text.split(" ")) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        pad(line);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    return lines.add(line.toString().stripTrailing()).build();
  }

  private void pad(StringBuilder line) {
    line.append(" ".repeat(Math.max(0, indent - line.length())));
  }
}
