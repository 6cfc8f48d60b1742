package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** A table that is printed while it grows, so that its widths are fixed from the start. */
public final class TextTable {
  private final List<Column> columns = new ArrayList<>();

  private record Column(int width, boolean right, ImmutableList<String> head) {}

  /** The next column. Its head stands in as many lines as it has parts. */
  public TextTable column(int width, boolean right, String... head) {
    int widest = width;
    for (String line : head) {
      widest = Math.max(widest, line.length());
    }
    columns.add(new Column(widest, right, ImmutableList.copyOf(head)));
    return this;
  }

  /** The lines before the first row. */
  public ImmutableList<String> head() {
    int lines = columns.stream().mapToInt(c -> c.head().size()).max().orElse(0);
    ImmutableList.Builder<String> head = ImmutableList.builder();
    for (int line = 0; line < lines; line++) {
      List<String> cells = new ArrayList<>();
      for (Column column : columns) {
        int i = line - (lines - column.head().size());
        cells.add(i < 0 ? "" : column.head().get(i));
      }
      head.add(row(cells));
    }
    return head.build();
  }

  /** How wide a row is, if every cell has room in its column. */
  public int width() {
    return columns.stream().mapToInt(column -> column.width() + 1).sum() - 1;
  }

  /**
   * The whole table in blocks below each other, each no wider than that where its first columns and
   * one more fit.
   *
   * @param keys how many columns every block begins with
   */
  public ImmutableList<String> blocks(List<List<String>> rows, int keys, int width) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    int from = keys;
    while (from < columns.size()) {
      TextTable block = new TextTable();
      List<Integer> shown = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        shown.add(i);
        block.columns.add(columns.get(i));
      }
      do {
        shown.add(from);
        block.columns.add(columns.get(from));
        from++;
      } while (from < columns.size() && block.width() + 1 + columns.get(from).width() <= width);
      if (shown.get(keys) > keys) {
        lines.add("");
      }
      lines.addAll(block.head());
      rows.forEach(row -> lines.add(block.row(shown.stream().map(row::get).toList())));
    }
    return lines.build();
  }

  /** One row, a cell for each column. */
  public String row(List<String> cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String cell = cells.get(i);
      String space = " ".repeat(Math.max(0, column.width() - cell.length()));
      row.append(i == 0 ? "" : " ");
      row.append(column.right() ? space + cell : cell + space);
    }
    return row.toString().stripTrailing();
  }
}
