package dev.kstack.checks.cli;

import static java.util.stream.Collectors.joining;

import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.model.design.DefaultSearch;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decision;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack designs}: what there is to check. */
@Command(
    name = "designs",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Lists the designs and their seeded defects: what each decides, where it is from, and what the"
            + " search must find.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack designs               all of them",
      "  ./kstack designs shrinker      one design with its defects",
      "  ./kstack designs shrinker+H7   one defect"
    })
final class DesignsCommand implements Runnable {
  private static final int INDENT = 12;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DESIGN",
      completionCandidates = DesignNames.class,
      arity = "0..*",
      description = "Only these. Default: all.")
  private List<String> names = new ArrayList<>();

  @Override
  public void run() {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    List<Subject> subjects = new ArrayList<>();
    if (names.isEmpty()) {
      subjects.addAll(catalogue.all());
    }
    names.forEach(name -> subjects.addAll(catalogue.withDefects(catalogue.find(name))));
    PrintWriter out = spec.commandLine().getOut();
    String gap = "";
    for (Subject subject : subjects) {
      out.print(gap);
      print(subject, out);
      gap = "\n";
    }
    out.flush();
  }

  private static void print(Subject subject, PrintWriter out) {
    out.printf("%s: %s%n", subject.name(), subject.title());
    Defect defect = subject.defect();
    if (defect == null) {
      print("from", List.of(subject.design().source()), out);
      print("decides", titles(subject.decisions().all()), out);
    } else {
      print("how", List.of(defect.interleaving()), out);
      List<Decision> wrong = new ArrayList<>(subject.decisions().all());
      wrong.removeAll(subject.design().decisions().all());
      print("wrong", titles(wrong), out);
    }
    print("expected", expected(subject), out);
  }

  private static void print(String label, List<String> texts, PrintWriter out) {
    String before = "  " + label;
    for (String text : texts) {
      new Paragraph(before, INDENT, text).lines().forEach(out::println);
      before = "";
    }
  }

  private static List<String> titles(List<Decision> decisions) {
    return decisions.stream().map(Decision::title).toList();
  }

  /** What is expected, and under which assumptions; those that agree together. */
  private static List<String> expected(Subject subject) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (DefaultSearch search : subject.searches()) {
      for (Hardware mode : Hardware.values()) {
        Assumptions assumed = search.under(mode);
        expected.merge(expected(subject, assumed), assumed.label(), (a, b) -> a + " and " + b);
      }
    }
    return expected.entrySet().stream()
        .map(e -> "%s under %s".formatted(e.getKey(), e.getValue()))
        .toList();
  }

  private static String expected(Subject subject, Assumptions assumed) {
    String violated =
        unexpected(
            subject, assumed, Property.Kind.SAFETY, Property.Kind.SCARCITY, Property.Kind.PROGRESS);
    String unreachable = unexpected(subject, assumed, Property.Kind.SANITY);
    String safety = violated.isEmpty() ? "all that is claimed holds" : "violates " + violated;
    String notClaimed = notClaimed(subject);
    return safety
        + (unreachable.isEmpty() ? "" : ", never reached are " + unreachable)
        + (notClaimed.isEmpty() ? "" : ", not claimed are " + notClaimed);
  }

  private static String notClaimed(Subject subject) {
    return StackProperties.ALL.stream()
        .filter(p -> !subject.expectation().claims(p))
        .map(Property::name)
        .collect(joining(", "));
  }

  private static String unexpected(Subject subject, Assumptions assumed, Property.Kind... kinds) {
    return StackProperties.ALL.stream()
        .filter(
            p -> List.of(kinds).contains(p.kind()) && !subject.expectation().expects(assumed, p))
        .map(Property::name)
        .collect(joining(", "));
  }
}
