package dev.kstack.checks.least;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.report.TextTable;
import dev.kstack.checks.report.Verdict;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.model.kernel.Sizes;
import java.util.ArrayList;
import java.util.List;

/** The report for people: a row when a value is searched, and the answer. */
public final class LeastText {
  private static final int STATES_WIDTH = 11;
  private static final int INDENT = 4;

  private final Question question;
  private final TextTable table;

  public LeastText(Question question) {
    this.question = question;
    table = new TextTable();
    for (String size : new String[] {"C", "T", "P", "F", "R", "S"}) {
      table.column(size.equals("F") ? 2 : 1, true, size);
    }
    table
        .column(1, false, question.property().name())
        .column(STATES_WIDTH, true, "states")
        .column(3, true, "depth")
        .column(6, true, "time");
  }

  /** The lines before the first row. */
  public ImmutableList<String> head() {
    return ImmutableList.<String>builder()
        .addAll(
            new Paragraph(
                    "",
                    0,
                    "least %s of %s under %s: %s"
                        .formatted(
                            question.quantity(),
                            question.subject().name(),
                            question.assumptions(),
                            question.quantity() == Quantity.ADMISSION
                                ? "the most threads with which %s holds"
                                    .formatted(question.property())
                                : "the fewest %s with which %s holds"
                                    .formatted(question.quantity().unit(), question.property())))
                .lines(width()))
        .addAll(
            question.properties().stream()
                .flatMap(p -> new Paragraph("", 0, p + ": " + p.meaning()).lines(width()).stream())
                .toList())
        .add("")
        .addAll(table.head())
        .build();
  }

  /** The row of a value. */
  public ImmutableList<String> row(Attempt attempt) {
    Sizes s = attempt.job().sizes();
    List<String> cells = new ArrayList<>();
    for (int size :
        new int[] {s.cpus(), s.threads(), s.pages(), s.frames(), s.reserve(), s.speculation()}) {
      cells.add(Integer.toString(size));
    }
    cells.add(cell(attempt));
    cells.add("%,d".formatted(attempt.result().states()));
    cells.add(Integer.toString(attempt.result().depth()));
    cells.add("%.1fs".formatted(attempt.result().seconds()));
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(table.row(cells));
    if (attempt.verdict() == Verdict.UNDECIDED) {
      lines.addAll(new Paragraph("", INDENT, "not decided: " + why(attempt)).lines(width()));
    }
    return lines.build();
  }

  private static int width() {
    return Screen.ofThisProgram().ofParagraphs();
  }

  private String why(Attempt attempt) {
    return attempt.result().complete()
        ? attempt.result().undecided().get(attempt.property())
        : attempt.result().stop().text();
  }

  static String cell(Attempt attempt) {
    return switch (attempt.verdict()) {
      case HOLDS -> "ok";
      case VIOLATED -> "X " + length(attempt);
      case VACUOUS -> "void";
      case UNDECIDED -> "?";
      case REACHED, UNREACHABLE, NOT_CLAIMED -> attempt.verdict().label();
    };
  }

  private static String length(Attempt attempt) {
    int steps = attempt.run().steps().size();
    return attempt.run().ending() instanceof Ending.Loop loop
        ? loop.from() + "+" + (steps - loop.from())
        : Integer.toString(steps);
  }

  /** The answer. */
  public static ImmutableList<String> answer(Answer answer) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add("");
    for (String sentence : sentences(answer)) {
      lines.addAll(new Paragraph("", 0, sentence).lines(width()));
    }
    return lines.build();
  }

  private static List<String> sentences(Answer answer) {
    Question question = answer.question();
    String unit = question.quantity().unit();
    Attempt last = answer.attempts().get(answer.attempts().size() - 1);
    List<String> sentences = new ArrayList<>();
    if (answer.undecided()) {
      sentences.add(
          "Undecided at %d %s: the search was cut short, so the answer is not known."
              .formatted(last.value(), unit));
    } else if (answer.value() == null) {
      sentences.add(
          "None: %s holds for no number of %s from %d to %d (%s)."
              .formatted(
                  question.property(),
                  unit,
                  answer.range().from(),
                  last.value(),
                  last.value() == answer.range().to() ? answer.range().whyNotMore() : "not for 1"));
    } else if (question.quantity() == Quantity.ADMISSION) {
      sentences.add(admission(answer));
    } else {
      sentences.add(least(answer));
      sentences.addAll(above(answer));
    }
    return sentences;
  }

  private static String admission(Answer answer) {
    String found =
        "Admit at most %s: %s holds with that many and with each number below."
            .formatted(
                counted(answer.value(), answer.question().quantity().unit()),
                answer.question().property());
    return answer.breaking() == null
        ? found + " More were not searched: %s.".formatted(answer.range().whyNotMore())
        : found + " It breaks with %d.".formatted(answer.breaking().value());
  }

  private static String least(Answer answer) {
    String found =
        "Least: %s.".formatted(counted(answer.value(), answer.question().quantity().unit()));
    if (answer.value() > answer.range().from()) {
      return found
          + " Every number from %d on was searched, and none below holds."
              .formatted(answer.range().from());
    }
    return answer.range().whyNotLess().isEmpty()
        ? found
        : found + " Fewer are refused: %s.".formatted(answer.range().whyNotLess());
  }

  private static String counted(int count, String unit) {
    return count + " " + (count == 1 ? unit.replaceFirst("s\\b", "") : unit);
  }

  private static List<String> above(Answer answer) {
    List<String> sentences = new ArrayList<>();
    for (Attempt more : answer.above()) {
      sentences.add(
          switch (more.verdict()) {
            case HOLDS -> "It also holds with %d.".formatted(more.value());
            case UNDECIDED -> "With %d it is not decided.".formatted(more.value());
            default -> "NOT MONOTONE: with %d it is %s.".formatted(more.value(), more.verdict());
          });
    }
    sentences.add("Whether it holds for more is not said.");
    return sentences;
  }
}
