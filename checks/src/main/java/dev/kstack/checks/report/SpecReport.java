package dev.kstack.checks.report;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.refine.ActionKind;
import dev.kstack.checks.refine.RandomRun;
import dev.kstack.checks.refine.SpecProgram;
import dev.kstack.checks.refine.SpecSizes;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.model.machine.Layout;
import dev.kstack.spec.Invariant;
import dev.kstack.spec.Page;
import dev.kstack.spec.Property;
import dev.kstack.spec.Proposal;
import dev.kstack.spec.Rule;
import dev.kstack.spec.StackProperties;
import dev.kstack.spec.StackSystem;
import dev.kstack.spec.WorstCase;
import java.util.List;
import java.util.Locale;

/** What {@code kstack spec} prints. */
public final class SpecReport {
  private static final int INDENT = 4;

  private SpecReport() {}

  /** The mail, sentence by sentence with its rules, and then the rules that are from elsewhere. */
  public static List<String> rules() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add("The proposal (Dave Hansen, 18 Jun 2026), sentence by sentence:");
    for (Proposal.Sentence sentence : Proposal.SENTENCES) {
      lines.add("");
      lines.addAll(new Paragraph("", 0, "\"" + sentence.text() + "\"").lines());
      if (sentence.rules().isEmpty()) {
        lines.addAll(new Paragraph("", INDENT, "states no rule: " + sentence.remark()).lines());
      }
      for (Rule rule : sentence.rules()) {
        lines.addAll(new Paragraph("", INDENT, rule + ": " + rule.meaning()).lines());
      }
      if (!sentence.rules().isEmpty()) {
        lines.addAll(new Paragraph("", INDENT, "(" + sentence.remark() + ")").lines());
      }
    }
    lines.add("", "Rules that the mail takes for granted:");
    for (Rule rule : Rule.values()) {
      if (!WorstCase.FROZEN.rules().contains(rule)
          && Proposal.SENTENCES.stream().noneMatch(s -> s.rules().contains(rule))) {
        lines.addAll(rule(rule));
      }
    }
    lines.add("");
    String replaced = WorstCase.PARKED.rules().stream().map(Rule::label).collect(joining(" and "));
    lines.addAll(new Paragraph("", 0, "Rules of freezer, in place of " + replaced + ":").lines());
    WorstCase.FROZEN.rules().forEach(rule -> lines.addAll(rule(rule)));
    lines.add("", "Invariants that follow from the rules:", "");
    lines.add(
        "%s: %s"
            .formatted(
                StackProperties.ACCESSED_PAGE_KEPT,
                "a page that was accessed stays so in every step, unless its thread exits"));
    for (Invariant invariant : Invariant.values()) {
      lines.add("%s: %s".formatted(invariant.label(), invariant.meaning()));
    }
    return lines.build();
  }

  private static List<String> rule(Rule rule) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add("");
    lines.addAll(new Paragraph("", 0, rule + ": " + rule.meaning()).lines());
    lines.addAll(new Paragraph("", INDENT, rule.sentence()).lines());
    return lines.build();
  }

  /** What a search of the specification found. */
  public static List<String> search(SpecSizes sizes, SearchResult result) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(
        "The specification with %s: %,d states, %,d transitions, depth %d, %.1f s; %s."
            .formatted(
                inWords(sizes),
                result.states(),
                result.transitions(),
                result.depth(),
                result.seconds(),
                result.complete()
                    ? "all there are, up to the names of threads"
                    : "NOT all: the budget is used up"));
    lines.add("");
    lines.add(invariant(StackProperties.ACCESSED_PAGE_KEPT, result));
    for (Invariant invariant : Invariant.values()) {
      lines.add(invariant(SpecProgram.property(invariant), result));
    }
    lines.add("");
    for (ActionKind kind : ActionKind.values()) {
      SearchResult.Counterexample run = result.found().get(SpecProgram.property(kind));
      lines.add(
          "%-34s %s"
              .formatted(
                  kind.label(),
                  run == null
                      ? result.complete() ? "never possible" : "not seen"
                      : "possible, in step %d at the earliest".formatted(run.steps().size())));
    }
    return lines.build();
  }

  private static String invariant(Property property, SearchResult result) {
    SearchResult.Counterexample run = result.found().get(property);
    String verdict =
        run != null
            ? "VIOLATED in step %d".formatted(run.steps().size())
            : result.complete() ? "holds" : "undecided";
    return "%-34s %s".formatted(property.name(), verdict);
  }

  /** A random run, a line a step. */
  public static List<String> run(StackSystem initial, List<RandomRun.Step> steps) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(
        "A stack is written from page 0: - unmapped, n never accessed, m marked, a accessed.");
    lines.add("", "%4d  %-26s %s".formatted(0, "", show(initial)));
    int number = 0;
    for (RandomRun.Step step : steps) {
      String action = step.action().show(Layout::taskName);
      lines.add("%4d  %-26s %s".formatted(++number, action, show(step.system())));
    }
    return lines.build();
  }

  private static String show(StackSystem s) {
    StringBuilder text = new StringBuilder();
    for (int t = 1; t <= s.threads().size(); t++) {
      String stack =
          s.thread(t).stack().stream()
              .map(page -> page == Page.UNMAPPED ? "-" : letter(page))
              .collect(joining());
      String phase = s.thread(t).phase().name().toLowerCase(Locale.ROOT);
      text.append("%s %s %-7s  ".formatted(Layout.taskName(t), stack, phase));
    }
    return text.append("free %d, others %d".formatted(s.free(), s.others())).toString();
  }

  private static String letter(Page page) {
    return page.name().substring(0, 1).toLowerCase(Locale.ROOT);
  }

  private static String inWords(SpecSizes sizes) {
    return "%d threads, %d pages a stack, %d frames, reserve %d"
        .formatted(sizes.threads(), sizes.pages(), sizes.frames(), sizes.reserve());
  }
}
