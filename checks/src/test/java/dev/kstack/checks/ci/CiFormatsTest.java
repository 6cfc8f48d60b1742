package dev.kstack.checks.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Baseline;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.JsonReport;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.StackProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What CI systems read, read by others: the published schema of SARIF, and the parser with which
 * Maven reports on tests.
 */
class CiFormatsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** One with an unexpected violation, one that is undecided, and a defect that is found. */
  private static List<RunReport> runs = List.of();

  @TempDir Path folder;

  @BeforeAll
  static void search() {
    Locale.setDefault(Locale.ROOT);
    // Held against what is expected of the design, the defect's run is a surprise.
    RunReport defect = search("switch-out+H8", Settings.DEFAULT);
    RunReport surprise = pretendingToBe(defect, search("switch-out", Settings.DEFAULT));
    RunReport undecided =
        search("static", Settings.DEFAULT.withBudget(new Budget(10, 1000, Long.MAX_VALUE)));
    runs = List.of(surprise, undecided, defect);
  }

  private static RunReport search(String name, Settings settings) {
    var job =
        new JobPlan(
                List.of(name),
                false,
                AssumptionChoice.of(Hardware.MANUALS),
                new SizeOptions(null, null, 2, null, null, null))
            .jobs(new Catalogue(Designs.ALL))
            .get(0);
    return RunReport.of(
        job, new Explorer(job.program(), settings.withProgressOfTasks(true)).search(), null);
  }

  /** Those findings of the defect that nobody expects of the design. */
  private static RunReport pretendingToBe(RunReport defect, RunReport design) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < design.findings().size(); i++) {
      var found = defect.findings().get(i);
      findings.add(
          new Finding(
              found.property(), found.verdict(), design.findings().get(i).expected(), found.run()));
    }
    return new RunReport(
        defect.job(),
        defect.result(),
        ImmutableList.copyOf(findings),
        defect.remarks(),
        false,
        ImmutableSet.of(),
        defect.traces());
  }

  @Test
  void mavenReadsTheJunitXml() throws Exception {
    String xml = JunitXml.of(runs, List.of(runs.get(1).job()), Reductions.ALL);
    List<ReportTestCase> cases =
        parse(xml).stream().flatMap(suite -> suite.getTestCases().stream()).toList();
    assertEquals(3 * StackProperties.ALL.size() + 1, cases.size());
    assertTrue(only(cases, "static.manuals", "search", true).hasError());

    ReportTestCase fault = only(cases, "switch-out+H8.manuals", "no-stack-fault", true);
    assertTrue(fault.hasFailure());
    assertTrue(fault.getFailureMessage().contains("expected: holds"), fault.getFailureMessage());
    assertTrue(
        fault.getFailureDetail().contains("cmpxchg(A.pte[0], P|D|f3, 0) -> ok"),
        fault.getFailureDetail());
    assertTrue(only(cases, "static.manuals", "no-stack-fault", true).hasError());
    assertTrue(only(cases, "static.manuals", "no-lost-wakeup", false).hasSkipped());
    assertTrue(only(cases, "switch-out+H8.manuals", "deadlock-free", false).isSuccessful());
    for (RunReport run : runs) {
      long wrong = run.findings().stream().filter(f -> f.decided() && !f.asExpected()).count();
      assertTrue(xml.contains("failures=\"%d\"".formatted(wrong)), xml);
    }
  }

  private static List<ReportTestSuite> parse(String xml) throws Exception {
    return new TestSuiteXmlParser(new NullConsoleLogger())
        .parse(
            new InputStreamReader(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8));
  }

  /** The first, or the one that did not succeed. */
  private static ReportTestCase only(
      List<ReportTestCase> cases, String type, String name, boolean bad) {
    return cases.stream()
        .filter(c -> c.getFullClassName().equals(type) && c.getName().equals(name))
        .filter(c -> !bad || c.hasFailure() || c.hasError())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s of %s".formatted(name, type)));
  }

  @Test
  void theSarifIsAsItsSchemaSays() throws IOException {
    JsonNode log = MAPPER.readTree(new Sarif(Reductions.ALL, true, true, "1").of(runs));
    assertEquals("[]", sarifSchema().validate(log).toString());

    // The schema can see a fault.
    JsonNode wrong = log.deepCopy();
    ((ObjectNode) wrong.at("/runs/0/results/0")).put("level", "disaster");
    assertFalse(sarifSchema().validate(wrong).isEmpty());
  }

  private static JsonSchema sarifSchema() throws IOException {
    try (InputStream schema =
        CiFormatsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(Objects.requireNonNull(schema));
    }
  }

  @Test
  void resultsStandAtLinesOfTheModelThatDoWhatTheySay() throws IOException {
    JsonNode results =
        MAPPER.readTree(new Sarif(Reductions.ALL, false, true, "1").of(runs)).at("/runs/0/results");
    int flows = 0;
    for (JsonNode result : results) {
      for (JsonNode thread : result.at("/codeFlows/0/threadFlows")) {
        int before = 0;
        for (JsonNode location : thread.get("locations")) {
          flows++;
          int order = location.get("executionOrder").intValue();
          assertTrue(order >= before, "out of order");
          before = order;
          JsonNode at = location.at("/location/physicalLocation");
          String line =
              Files.readAllLines(Path.of("..", at.at("/artifactLocation/uri").textValue()))
                  .get(at.at("/region/startLine").intValue() - 1);
          String message = location.at("/location/message/text").textValue();
          if (message.contains("cmpxchg(")) {
            assertTrue(line.contains(".cmpxchg("), message + " is not in: " + line);
          } else if (message.contains(": spin_lock(")) {
            assertTrue(line.contains("lock("), message + " is not in: " + line);
          }
        }
      }
    }
    assertTrue(flows > 100, "only " + flows);
    JsonNode expected = result(results, "note");
    assertEquals("inSource", expected.at("/suppressions/0/kind").textValue());
    assertTrue(result(results, "error").path("suppressions").isMissingNode());
    assertEquals("open", result(results, "none").get("kind").textValue());
  }

  private static JsonNode result(JsonNode results, String level) {
    for (JsonNode result : results) {
      if (result.get("level").textValue().equals(level)) {
        return result;
      }
    }
    throw new AssertionError("no result of level " + level);
  }

  @Test
  void githubAnnotatesWhatIsNewAndNothingElse() {
    GithubActions github = new GithubActions(Reductions.ALL);
    List<String> lines = github.annotations(runs);
    assertEquals(
        runs.stream()
            .flatMap(r -> r.findings().stream())
            .filter(f -> !f.asExpected() || !f.decided())
            .count(),
        lines.size());
    for (String line : lines) {
      assertTrue(
          line.matches(
              "::(error|warning) file=[\\w/]+\\.java,line=\\d+,title=kstack%3A [a-z-]+::.+"),
          line);
    }
    String summary = github.summary(runs, Outcome.NOT_AS_EXPECTED);
    assertTrue(summary.startsWith("## kstack check: **not as expected**\n"), summary);
    assertTrue(summary.contains("no-stack-fault is VIOLATED in step"), summary);
    assertTrue(summary.contains("-&gt; ok"), "what means something to HTML is escaped");
    assertEquals(summary.split("<details>", -1).length, summary.split("</details>", -1).length);
  }

  @Test
  void whatTheBaselineHasDoesNotCount() throws IOException {
    Path file = folder.resolve("base.json");
    Files.writeString(file, new JsonReport().of(runs, Outcome.NOT_AS_EXPECTED));
    Baseline baseline = Baseline.read(file);
    for (RunReport run : runs) {
      assertEquals(Outcome.AS_EXPECTED, baseline.compare(run).outcome(), run.job().name());
    }
    assertEquals(Outcome.NOT_AS_EXPECTED, runs.get(0).outcome());
    assertEquals(Outcome.UNDECIDED, runs.get(1).outcome());
    assertFalse(
        JunitXml.of(List.of(baseline.compare(runs.get(0))), List.of(), Reductions.ALL)
            .contains("<failure"));

    // One verdict of then was another one: that one is new.
    String other =
        new JsonReport()
            .of(runs.subList(0, 1), Outcome.NOT_AS_EXPECTED)
            .replaceFirst(
                "(\"name\" : \"no-stack-fault\",\\s+\"verdict\" : )\"violated\"", "$1\"holds\"");
    Files.writeString(file, other);
    RunReport fresh = Baseline.read(file).compare(runs.get(0));
    assertEquals(Outcome.NOT_AS_EXPECTED, fresh.outcome());
    assertEquals(
        List.of("no-stack-fault"),
        Issue.of(List.of(fresh)).stream()
            .filter(i -> i.kind() == Issue.Kind.UNEXPECTED)
            .map(Issue::rule)
            .toList());
  }

  @Test
  void whatIsNoBaselineIsRefusedInOneLine() throws IOException {
    for (String text : List.of("", "[]", "{", "{\"schema\":\"kstack-trace/1\"}", "\u0000")) {
      Path file = Files.writeString(folder.resolve("wrong.json"), text);
      String message = refused(file);
      assertTrue(message.contains("it is what --format json prints"), message);
      assertEquals(1, message.lines().count());
    }
    assertTrue(refused(folder).contains("is a folder"));
    assertTrue(refused(folder.resolve("nothing")).contains("there is no such file"));
  }

  private static String refused(Path file) {
    try {
      Baseline.read(file);
    } catch (UsageException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("not refused: " + file);
  }
}
