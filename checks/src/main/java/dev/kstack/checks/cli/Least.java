package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.least.Answer;
import dev.kstack.checks.least.Attempt;
import dev.kstack.checks.least.LeastJson;
import dev.kstack.checks.least.LeastSearch;
import dev.kstack.checks.least.LeastTable;
import dev.kstack.checks.least.LeastText;
import dev.kstack.checks.least.Question;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.report.TraceFolder;
import dev.kstack.checks.report.UsageException;
import dev.kstack.checks.report.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches value by value, and reports. */
final class Least {
  private static final int ABOVE = 1;
  private static final int RULE_WIDTH = 100;
  private static final int TABLE_THREADS = 3;
  private static final int TABLE_PAGES = 4;

  private final Searcher searcher;
  private final Format format;
  private final @Nullable TraceFolder folder;
  private final @Nullable Integer above;
  private final PrintWriter out;
  private final PrintWriter err;
  private boolean traceLost;

  /**
   * How to answer.
   *
   * @param folder where the trace goes; null if it is printed
   * @param above how many values above the least to search; null for the default
   */
  Least(
      Searcher searcher,
      Format format,
      @Nullable TraceFolder folder,
      @Nullable Integer above,
      PrintWriter out,
      PrintWriter err) {
    this.searcher = searcher;
    this.format = format;
    this.folder = folder;
    this.above = above;
    this.out = out;
    this.err = err;
  }

  /** One answer, with the trace that breaks one less. */
  int answer(Question question) {
    LeastText text = new LeastText(question);
    question.range(); // sizes that are impossible are refused before anything is printed
    print(text.head());
    LeastSearch search =
        new LeastSearch(
            job -> searcher.search(job, "least " + question.quantity()),
            attempt -> print(text.row(attempt)),
            above == null ? ABOVE : above);
    Answer answer = search.answer(question);
    print(LeastText.answer(answer));
    Path file = trace(answer);
    if (format == Format.JSON) {
      out.println(new LeastJson().of(List.of(answer), file));
    }
    out.flush();
    return traceLost
        ? ExitCode.USAGE
        : answer.undecided() ? ExitCode.UNDECIDED : ExitCode.AS_EXPECTED;
  }

  /** Prints the trace, and writes it where it is wanted. */
  private @Nullable Path trace(Answer answer) {
    Attempt breaking = answer.breaking();
    if (breaking == null) {
      return null;
    }
    Finding finding =
        new Finding(breaking.property(), Verdict.VIOLATED, Verdict.HOLDS, breaking.run());
    RunTraces traces =
        new RunTraces(breaking.job(), searcher.settings().reductions(), ImmutableList.of(finding));
    if (folder == null) {
      int width = Screen.ofThisProgram().ofTraces();
      print(List.of("", "-".repeat(Math.min(RULE_WIDTH, width))));
      if (format == Format.TEXT) {
        print(traces.text(finding, width).lines().toList());
      }
      return null;
    }
    Path file = traces.write(folder, this::lost).get(finding.property());
    if (file != null) {
      print(List.of("", "The run that breaks it: " + file));
    }
    return file;
  }

  private void lost(IOException e) {
    traceLost = true;
    err.println("kstack: " + e.getMessage());
    err.flush();
  }

  /** The least over small sizes, up to those of the question. */
  int table(Question question) {
    Integer threads = question.sizes().threads();
    Integer pages = question.sizes().pages();
    LeastTable table =
        new LeastTable(
            threads == null ? TABLE_THREADS : threads, pages == null ? TABLE_PAGES : pages);
    print(
        List.of(
            "least %s of %s under %s for %s, on %d CPUs"
                .formatted(
                    question.quantity(),
                    question.subject().name(),
                    question.assumptions(),
                    question.property(),
                    cpus(question)),
            ""));
    ImmutableList<Answer> answers =
        table.fill((t, p) -> cell(question, t, p), line -> print(List.of(line)));
    boolean undecided = answers.stream().anyMatch(Answer::undecided);
    print(
        List.of(
            "",
            "Each is the least of a search value by value"
                + (undecided ? "; ?: not decided within the budget." : ".")));
    if (format == Format.JSON) {
      out.println(new LeastJson().of(answers, null));
    }
    out.flush();
    return undecided ? ExitCode.UNDECIDED : ExitCode.AS_EXPECTED;
  }

  private static int cpus(Question question) {
    Integer given = question.sizes().cpus();
    return given == null ? question.subject().sizes().cpus() : given;
  }

  private @Nullable Answer cell(Question question, int threads, int pages) {
    Question here = question.at(threads, pages);
    try {
      here.range();
    } catch (UsageException e) {
      return null; // no such machine
    }
    return new LeastSearch(
            job -> searcher.search(job, "%d threads, %d pages".formatted(threads, pages)),
            attempt -> {},
            above == null ? 0 : above)
        .answer(here);
  }

  /** People see a line when it is known. */
  private void print(List<String> lines) {
    if (format == Format.TEXT) {
      lines.forEach(out::println);
      out.flush();
    }
  }
}
