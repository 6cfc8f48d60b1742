package dev.kstack.checks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.trace.JsonAssumptions;
import dev.kstack.model.design.Defect;
import dev.kstack.model.machine.Layout;
import java.nio.file.Path;
import java.util.List;

/** The report for programs. Its form is stable: a change that breaks readers changes the schema. */
public final class JsonReport {
  public static final String SCHEMA = "kstack-check/1";

  private final ObjectMapper mapper = new ObjectMapper();

  /** All runs, and what they come to. */
  public String of(List<RunReport> runs, Outcome outcome) {
    ObjectNode report = mapper.createObjectNode();
    report.put("schema", SCHEMA);
    report.put("asExpected", outcome == Outcome.AS_EXPECTED);
    ArrayNode array = report.putArray("runs");
    for (RunReport run : runs) {
      array.add(run(run));
    }
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode run(RunReport run) {
    ObjectNode node = mapper.createObjectNode();
    Defect defect = run.job().subject().defect();
    node.put("design", run.job().subject().design().name());
    node.put("defect", defect == null ? null : defect.hazard());
    JsonAssumptions.put(node, run.job().assumptions());
    node.set("config", JsonSizes.of(mapper, run.job().sizes()));
    node.put("complete", run.result().complete());
    node.put("states", run.result().states());
    node.put("transitions", run.result().transitions());
    node.put("depth", run.result().depth());
    node.put("seconds", Math.round(run.result().seconds() * 1000) / 1000.0);
    if (!run.job().broken().isEmpty()) {
      run.job().broken().forEach(node.putArray("brokenRules")::add);
    }
    ArrayNode properties = node.putArray("properties");
    for (Finding finding : run.findings()) {
      properties.add(property(run, finding));
    }
    return node;
  }

  private ObjectNode property(RunReport run, Finding finding) {
    ObjectNode node = mapper.createObjectNode();
    node.put("name", finding.property().name());
    node.put("verdict", finding.verdict().label());
    node.put("expected", finding.expected().label());
    if (finding.run() == null) {
      node.putNull("trace");
    } else {
      Path file = run.traces().get(finding.property());
      ObjectNode trace = node.putObject("trace");
      trace
          .put("length", finding.run().steps().size())
          .put("file", file == null ? null : file.toString());
      if (finding.run().ending() instanceof Ending.Trap trap) {
        trace.put("task", Layout.taskName(trap.task())).put("trappedStates", trap.states());
      } else if (finding.run().ending() instanceof Ending.Loop loop) {
        trace.put("task", Layout.taskName(loop.task())).put("loopFrom", loop.from() + 1);
      }
    }
    return node;
  }
}
