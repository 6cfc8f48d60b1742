package dev.kstack.checks.cli;

import dev.kstack.checks.export.Ftrace;
import dev.kstack.checks.export.Itf;
import dev.kstack.checks.export.JUnitTest;
import dev.kstack.checks.export.Mermaid;
import dev.kstack.checks.export.Perfetto;
import dev.kstack.checks.export.ShiViz;
import dev.kstack.checks.report.TakenTrace;
import java.util.Locale;
import java.util.function.Function;

/** The forms of other tools in which a trace can be written; one more is one more line. */
enum TraceFormat {
  /** Apalache's Informal Trace Format. */
  ITF(Itf::of),
  /** Chrome's trace events, for ui.perfetto.dev and chrome://tracing. */
  PERFETTO(Perfetto::of),
  /** Vector clocks, for ShiViz. */
  SHIVIZ(ShiViz::of),
  /** The layout of trace_pipe. */
  FTRACE(Ftrace::of),
  /** A sequence diagram. */
  MERMAID(Mermaid::of),
  /** A test for JUnit 5, on real threads. */
  JUNIT(JUnitTest::of);

  private final Function<TakenTrace, String> writer;

  TraceFormat(Function<TakenTrace, String> writer) {
    this.writer = writer;
  }

  String of(TakenTrace trace) {
    return writer.apply(trace);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
