package dev.kstack.checks.report;

import static dev.kstack.checks.report.Searches.job;
import static dev.kstack.checks.report.Searches.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.StackProperties;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of the JSON report is what others rely on. */
class JsonReportTest {

  @Test
  void reportHasTheDocumentedForm() throws JsonProcessingException {
    Job job = job("switch-out+H8", Hardware.SPEC_FILL, new SizeOptions(2, 2, 3, 5, 1, 2));
    RunReport run =
        RunReport.of(
                job,
                result(
                    job,
                    StopReason.COMPLETE,
                    StackProperties.NO_STACK_FAULT,
                    StackProperties.RECLAIMS),
                null)
            .withTraces(ImmutableMap.of(StackProperties.NO_STACK_FAULT, Path.of("t", "x.txt")));

    JsonNode report =
        new ObjectMapper().readTree(new JsonReport().of(List.of(run), Outcome.NOT_AS_EXPECTED));

    String expected =
        """
        {"schema":"kstack-check/1","asExpected":false,"runs":[
          {"design":"switch-out","defect":"H8","hardware":"spec-fill",
           "config":{"cpus":2,"threads":2,"pages":3,"frames":5,"reserve":1,"speculation":2},
           "complete":true,"states":10,"transitions":20,"depth":3,"seconds":0.123,
           "properties":[
             {"name":"accessed-page-kept","verdict":"holds","expected":"violated","trace":null},
             {"name":"live-page-kept","verdict":"holds","expected":"violated","trace":null},
             {"name":"no-stack-fault","verdict":"violated","expected":"violated",
              "trace":{"length":1,"file":"t/x.txt"}},
             {"name":"no-stale-translation","verdict":"holds","expected":"violated","trace":null},
             {"name":"frame-ownership","verdict":"holds","expected":"holds","trace":null},
             {"name":"runs-fully-mapped","verdict":"holds","expected":"violated","trace":null},
             {"name":"on-one-cpu","verdict":"holds","expected":"holds","trace":null},
             {"name":"deadlock-free","verdict":"holds","expected":"holds","trace":null},
             {"name":"refines-spec","verdict":"holds","expected":"violated","trace":null},
             {"name":"atomic-context","verdict":"holds","expected":"holds","trace":null},
             {"name":"lock-order","verdict":"holds","expected":"holds","trace":null},
             {"name":"data-race-free","verdict":"holds","expected":"holds","trace":null},
             {"name":"locking-rules","verdict":"holds","expected":"violated","trace":null},
             {"name":"no-lost-wakeup","verdict":"holds","expected":"holds","trace":null},
             {"name":"never-doomed","verdict":"holds","expected":"holds","trace":null},
             {"name":"schedulable","verdict":"holds","expected":"holds","trace":null},
             {"name":"runs-eventually","verdict":"holds","expected":"holds","trace":null},
             {"name":"reclaims","verdict":"reached","expected":"reached",
              "trace":{"length":1,"file":null}},
             {"name":"parks","verdict":"unreachable","expected":"unreachable","trace":null}]}]}
        """;
    assertEquals(new ObjectMapper().readTree(expected).toPrettyString(), report.toPrettyString());
  }

  @Test
  void traceOfALoopSaysWhereItBeginsAndThatOfATrapHowMuchIsLeft() throws JsonProcessingException {
    Job job = job("switch-out+H16", Hardware.MANUALS, SizeOptions.NONE);
    SearchResult result =
        new Explorer(job.program(), Settings.DEFAULT.withProgressOfTasks(true)).search();
    RunReport run = RunReport.of(job, result, null);

    JsonNode properties =
        new ObjectMapper()
            .readTree(new JsonReport().of(List.of(run), Outcome.AS_EXPECTED))
            .at("/runs/0/properties");

    JsonNode trap = properties.get(StackProperties.ALL.indexOf(StackProperties.SCHEDULABLE));
    assertTrue(trap.at("/trace/trappedStates").intValue() > 0);
    assertTrue(trap.at("/trace/task").textValue().matches("[AB]"));
    JsonNode loop = properties.get(StackProperties.ALL.indexOf(StackProperties.RUNS_EVENTUALLY));
    int from = loop.at("/trace/loopFrom").intValue();
    assertTrue(from > 0 && from <= loop.at("/trace/length").intValue());
  }

  @Test
  void designWithoutDefectHasNone() throws JsonProcessingException {
    Job job = job("static", Hardware.MANUALS, SizeOptions.NONE);
    RunReport run = RunReport.of(job, result(job, StopReason.COMPLETE), null);

    JsonNode report =
        new ObjectMapper().readTree(new JsonReport().of(List.of(run), Outcome.AS_EXPECTED));

    assertEquals(true, report.get("asExpected").booleanValue());
    assertEquals(true, report.at("/runs/0/defect").isNull());
  }

  @Test
  void whatADesignDoesNotClaimIsSaidSoWithoutATrace() throws JsonProcessingException {
    Job job = job("static", Hardware.MANUALS, SizeOptions.NONE);
    RunReport run =
        RunReport.of(job, result(job, StopReason.COMPLETE, StackProperties.NO_LOST_WAKEUP), null);

    JsonNode report =
        new ObjectMapper().readTree(new JsonReport().of(List.of(run), Outcome.AS_EXPECTED));

    JsonNode property =
        report
            .at("/runs/0/properties")
            .get(StackProperties.ALL.indexOf(StackProperties.NO_LOST_WAKEUP));
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"name":"no-lost-wakeup","verdict":"not-claimed","expected":"not-claimed",
                 "trace":null}
                """),
        property);
  }
}
