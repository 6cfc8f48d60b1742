package dev.kstack.checks.ci;

import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.Verdict;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * JUnit's XML, as Ant, Maven and the CI systems have it: a suite for each search, a test case for
 * each property. A test fails if its property is not as expected; the trace is in the failure. What
 * is not decided is an error; what the design does not claim, and what is known from the baseline,
 * is skipped. The time stands at the suite: a search decides all of its properties at once.
 */
public final class JunitXml {
  private static final String NOT_IN_XML =
      "[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

  private final Reductions reductions;
  private final XMLStreamWriter xml;

  private JunitXml(Reductions reductions, XMLStreamWriter xml) {
    this.reductions = reductions;
    this.xml = xml;
  }

  /**
   * The report.
   *
   * @param notBegun searches that were planned and interrupted before; an error each
   */
  public static String of(List<RunReport> runs, List<Job> notBegun, Reductions reductions) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new JunitXml(reductions, xml).suites(runs, notBegun);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  private void suites(List<RunReport> runs, List<Job> notBegun) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    begin(0, "testsuites");
    attribute("name", "kstack");
    for (RunReport run : runs) {
      suite(run);
    }
    for (Job job : notBegun) {
      notBegun(job);
    }
    end(0);
    xml.writeEndDocument();
  }

  private void suite(RunReport run) throws XMLStreamException {
    List<Issue> issues = Issue.of(List.of(run));
    begin(1, "testsuite");
    attribute("name", Issue.name(run));
    attribute("tests", Integer.toString(run.findings().size() + (run.countsDiffer() ? 1 : 0)));
    attribute("failures", count(issues, Issue.Kind.UNEXPECTED));
    attribute("errors", count(issues, Issue.Kind.UNDECIDED));
    long notClaimed =
        run.findings().stream().filter(f -> f.verdict() == Verdict.NOT_CLAIMED).count();
    attribute("skipped", Long.toString(notClaimed + run.known().size()));
    attribute("time", "%.3f".formatted(run.result().seconds()));
    begin(2, "properties");
    property("sizes", Job.inWords(run.job().sizes()));
    property("states", Long.toString(run.result().states()));
    property("transitions", Long.toString(run.result().transitions()));
    end(2);
    for (Finding finding : run.findings()) {
      testCase(run.job(), finding.property().name());
      result(run, finding);
      end(2);
    }
    if (run.countsDiffer()) {
      testCase(run.job(), Issue.SIZE_RULE);
      detail(
          "failure", "the size of the search is not as pinned", String.join("\n", run.remarks()));
      end(2);
    }
    end(1);
  }

  private void notBegun(Job job) throws XMLStreamException {
    begin(1, "testsuite");
    attribute("name", "%s under %s".formatted(job.name(), job.assumptions()));
    attribute("tests", "1");
    attribute("failures", "0");
    attribute("errors", "1");
    attribute("skipped", "0");
    attribute("time", "0");
    testCase(job, "search");
    detail("error", "interrupted before this search was begun", "");
    end(2);
    end(1);
  }

  private static String count(List<Issue> issues, Issue.Kind kind) {
    return Long.toString(issues.stream().filter(i -> i.kind() == kind).count());
  }

  private void property(String name, String value) throws XMLStreamException {
    begin(3, "property");
    attribute("name", name);
    attribute("value", value);
    xml.writeEndElement();
  }

  private void testCase(Job job, String name) throws XMLStreamException {
    begin(2, "testcase");
    attribute("classname", "%s.%s".formatted(job.name(), job.assumptions().label()));
    attribute("name", name);
    attribute("time", "0");
  }

  private void result(RunReport run, Finding finding) throws XMLStreamException {
    Issue.@Nullable Kind kind = Issue.kind(run, finding);
    if (finding.verdict() == Verdict.NOT_CLAIMED) {
      detail("skipped", "the design does not claim it", "");
    } else if (kind == null && finding.verdict() == Verdict.UNDECIDED) {
      detail("skipped", "not decided, and not asked", String.join("\n", run.remarks()));
    } else if (kind != null) {
      String message = new Issue(run, finding, kind).message();
      switch (kind) {
        case UNEXPECTED -> detail("failure", message, trace(run, finding));
        case UNDECIDED -> detail("error", message, String.join("\n", run.remarks()));
        case KNOWN -> detail("skipped", message, "");
        case EXPECTED -> {}
      }
    }
  }

  private String trace(RunReport run, Finding finding) {
    return finding.run() == null
        ? String.join("\n", run.remarks())
        : new RunTraces(run.job(), reductions, run.findings()).text(finding);
  }

  private void detail(String element, String message, String text) throws XMLStreamException {
    begin(3, element);
    attribute("message", message);
    if (!element.equals("skipped")) {
      attribute("type", element.equals("error") ? "undecided" : "not-as-expected");
    }
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
  }

  private void begin(int indent, String element) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(indent));
    xml.writeStartElement(element);
  }

  private void end(int indent) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(indent));
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  private static String clean(String text) {
    return text.replaceAll(NOT_IN_XML, "?");
  }
}
