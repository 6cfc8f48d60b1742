package dev.kstack.checks.lincheck;

import dev.kstack.checks.lincheck.Opinions.Opinion;
import dev.kstack.model.kernel.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All opinions beside each other, in Markdown: the table of docs/engines.md. */
final class AgreementTable {
  private final List<String> lines =
      new ArrayList<>(
          List.of(
              "| defect | hardware | C T P F S | explorer | Lincheck | JPF | its design: explorer |"
                  + " Lincheck | JPF |",
              "|---|---|---|---|---|---|---|---|---|"));

  void add(Opinions o) {
    Sizes s = o.row().job().sizes();
    lines.add(
        "| `%s` | `%s` | %d %d %d %d %d | %s | %s | %s | %s | %s | %s |"
            .formatted(
                o.row().job().name(),
                o.row().job().assumptions(),
                s.cpus(),
                s.threads(),
                s.pages(),
                s.frames(),
                s.speculation(),
                cell(Optional.of(o.explorer())),
                cell(o.lincheck()),
                cell(o.jpf()),
                cell(Optional.of(o.explorerOfMended())),
                cell(o.lincheckOfMended()),
                cell(o.jpfOfMended())));
  }

  private static String cell(Optional<Opinion> opinion) {
    return opinion.map(AgreementTable::cell).orElse("-");
  }

  private static String cell(Opinion opinion) {
    String verdict = opinion.undecided() ? "?" : opinion.violated().isEmpty() ? "ok" : "X";
    return "%s %s, %.1f s".formatted(verdict, opinion.work(), opinion.seconds());
  }

  List<String> lines() {
    return lines;
  }
}
