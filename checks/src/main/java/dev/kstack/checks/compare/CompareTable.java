package dev.kstack.checks.compare;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.least.Answer;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.report.TextReport;
import dev.kstack.checks.report.TextTable;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table for people, as text or as Markdown: a row for each design and reading of manuals. */
public final class CompareTable {
  private static final int KEY_COLUMNS = 2;
  private static final int SIZES = 6;
  private static final ImmutableList<String> LEGEND =
      ImmutableList.of(
          "C CPUs, T threads, P pages a stack, F frames, R frames in reserve, S speculative walks in a"
              + " run: of the search of the properties.",
          "ok, X 9, X 9+4, in 9, never, void, -, ?: as in check. A verdict is for these sizes and no"
              + " others.",
          "asleep: pages mapped in stacks, fewest to most, over all reachable states in which all"
              + " threads sleep.",
          "most held: the most frames that stacks keep from everybody else in any state: mapped, in a"
              + " CPU's reserve, on their way, or waiting for a flush.",
          "for ever: from every state on, the stacks can go back to so many frames; in some state,"
              + " never to fewer.",
          "least frames: with which no thread is ever unschedulable for good (./kstack least frames).",
          "locks, RCU, in hand: can a thread that holds a lock that reclaim takes, reads under RCU, or"
              + " has reclaimed frames in its hand, become unschedulable for good, with a frame for"
              + " every page of every stack? On one CPU: X and the steps of a shortest run (--kernel"
              + " locks, rcu, reclaim), or ok.",
          "switch, +: operations that schedule() does to go from a thread to another one, fewest to"
              + " most, and how many more these are than with static stacks; [locked]: of these,"
              + " cmpxchg, xchg and taking a spinlock. entry, exit: at the edge to user mode."
              + " Counted in every activation that happens while nobody else is in the middle of one.",
          "asleep to exit are measured under manuals, without speculation, with enough frames for"
              + " everybody: one for each page and one more; where faults are served, P - 1 more for"
              + " each CPU.",
          "entry hands out whole stacks: it has one page a stack here, and its frames are stacks.");

  private final ImmutableList<Compared> designs;

  public CompareTable(List<Compared> designs) {
    this.designs = ImmutableList.copyOf(designs);
  }

  private static List<String[]> heads() {
    List<String[]> heads = new ArrayList<>();
    for (String head : new String[] {"design", "hardware", "C", "T", "P", "F", "R", "S"}) {
      heads.add(new String[] {head});
    }
    for (Property property : StackProperties.ALL) {
      heads.add(TextReport.head(property));
    }
    heads.add(new String[] {"asleep"});
    heads.add(new String[] {"most", "held"});
    heads.add(new String[] {"for", "ever"});
    heads.add(new String[] {"least", "frames"});
    heads.add(new String[] {"locks"});
    heads.add(new String[] {"RCU"});
    heads.add(new String[] {"in", "hand"});
    heads.add(new String[] {"switch"});
    heads.add(new String[] {"+"});
    heads.add(new String[] {"entry"});
    heads.add(new String[] {"exit"});
    return heads;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Compared design : designs) {
      boolean first = true;
      for (RunReport run : design.runs()) {
        rows.add(row(run, first ? design.measures() : null));
        first = false;
      }
    }
    return rows;
  }

  /** Measures stand in the first row of a design only. */
  private static List<String> row(RunReport run, @Nullable Measures m) {
    List<String> cells = new ArrayList<>();
    cells.add(run.job().name());
    cells.add(run.job().assumptions().label());
    Sizes s = run.job().sizes();
    for (int size :
        new int[] {s.cpus(), s.threads(), s.pages(), s.frames(), s.reserve(), s.speculation()}) {
      cells.add(Integer.toString(size));
    }
    for (Finding finding : run.findings()) {
      cells.add(TextReport.cell(finding).replace("!", ""));
    }
    if (m == null) {
      cells.addAll(List.of("", "", "", "", "", "", "", "", "", "", ""));
    } else {
      cells.add(m.leastAsleep() == null ? "?" : m.leastAsleep() + ".." + m.mostAsleep());
      cells.add(number(m.mostHeld()));
      cells.add(number(m.keptForEver()));
      cells.add(frames(m.frames()));
      cells.add(m.locks().cell());
      cells.add(m.rcu().cell());
      cells.add(m.inHand().cell());
      cells.add(count(m.switches(), ""));
      cells.add(count(m.addedToSwitch(), "+"));
      cells.add(count(m.entries(), ""));
      cells.add(count(m.exits(), ""));
    }
    return cells;
  }

  private static String number(@Nullable Integer number) {
    return number == null ? "?" : number.toString();
  }

  private static String frames(@Nullable Answer answer) {
    return answer == null
        ? "-"
        : answer.undecided() ? "?" : answer.value() == null ? "none" : answer.value().toString();
  }

  private static String count(OperationCount count, String sign) {
    return count.happened()
        ? "%s [%s]"
            .formatted(
                span(count.least(), count.most(), sign),
                span(count.leastLocked(), count.mostLocked(), ""))
        : "-";
  }

  private static String span(int least, int most, String sign) {
    return least == most ? sign + least : sign + least + ".." + sign + most;
  }

  /** As text. */
  public ImmutableList<String> text(Screen screen) {
    List<List<String>> rows = rows();
    TextTable table = new TextTable();
    List<String[]> heads = heads();
    for (int column = 0; column < heads.size(); column++) {
      int width = 0;
      for (List<String> row : rows) {
        width = Math.max(width, row.get(column).length());
      }
      table.column(width, column >= 2 && column < 2 + SIZES, heads.get(column));
    }
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    if (table.width() <= screen.ofTables()) {
      lines.addAll(table.head());
      rows.forEach(row -> lines.add(table.row(row)));
    } else {
      lines.addAll(table.blocks(rows, KEY_COLUMNS, screen.ofTables()));
    }
    lines.add("");
    LEGEND.forEach(sentence -> lines.addAll(new Paragraph("", 0, sentence).lines(screen.ofText())));
    return lines.build();
  }

  /** As Markdown. */
  public ImmutableList<String> markdown() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    List<String> heads = new ArrayList<>();
    for (String head : new String[] {"design", "hardware", "C", "T", "P", "F", "R", "S"}) {
      heads.add(head);
    }
    StackProperties.ALL.forEach(p -> heads.add("`" + p.name() + "`"));
    heads.addAll(
        List.of(
            "asleep",
            "most held",
            "for ever",
            "least frames",
            "locks",
            "RCU",
            "in hand",
            "switch",
            "+",
            "entry",
            "exit"));
    lines.add("| " + String.join(" | ", heads) + " |");
    lines.add("|" + "---|".repeat(heads.size()));
    rows().forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    lines.add("");
    LEGEND.forEach(sentence -> lines.add("- " + sentence));
    return lines.build();
  }
}
