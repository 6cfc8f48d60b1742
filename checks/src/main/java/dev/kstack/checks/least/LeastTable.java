package dev.kstack.checks.least;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The least over small sizes: a row for each number of threads, a column for each of pages. */
public final class LeastTable {
  private final int threads;
  private final int pages;

  public LeastTable(int threads, int pages) {
    this.threads = threads;
    this.pages = pages;
  }

  /** One question of the table. */
  public interface Cell {
    /** Its answer; null if no value is possible at these sizes. */
    @Nullable Answer answer(int threads, int pages);
  }

  /**
   * Answers every question, row by row.
   *
   * @param line is told of each line when it is complete
   */
  public ImmutableList<Answer> fill(Cell cell, Consumer<String> line) {
    TextTable table = new TextTable().column(7, true, "threads");
    for (int p = 1; p <= pages; p++) {
      table.column(8, true, p == 1 ? "1 page" : p + " pages");
    }
    table.head().forEach(line);
    ImmutableList.Builder<Answer> answers = ImmutableList.builder();
    for (int t = 1; t <= threads; t++) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(t));
      for (int p = 1; p <= pages; p++) {
        Answer answer = cell.answer(t, p);
        cells.add(show(answer));
        if (answer != null) {
          answers.add(answer);
        }
      }
      line.accept(table.row(cells));
    }
    return answers.build();
  }

  private static String show(@Nullable Answer answer) {
    if (answer == null) {
      return "";
    }
    if (answer.undecided()) {
      return "?";
    }
    return answer.value() == null ? "none" : Integer.toString(answer.value());
  }
}
