package dev.kstack.checks.report;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Design;
import java.util.List;
import java.util.function.Function;

/** Finds designs and their defects by name, upper or lower case. */
public final class Catalogue {
  private final List<Design> designs;

  public Catalogue(List<Design> designs) {
    this.designs = designs;
  }

  /** Every design, each followed by its defects. */
  public ImmutableList<Subject> all() {
    return designs.stream()
        .flatMap(design -> withDefects(new Subject(design, null)).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** The subject, and behind a design as it is its defects. */
  public ImmutableList<Subject> withDefects(Subject subject) {
    ImmutableList.Builder<Subject> subjects = ImmutableList.builder();
    subjects.add(subject);
    if (subject.defect() == null) {
      for (Defect defect : subject.design().defects()) {
        subjects.add(new Subject(subject.design(), defect));
      }
    }
    return subjects.build();
  }

  /**
   * The one of that name.
   *
   * @throws UsageException if there is none, with the names that are near
   */
  public Subject find(String name) {
    int plus = name.indexOf('+');
    String designName = plus < 0 ? name : name.substring(0, plus);
    Design design =
        designs.stream()
            .filter(d -> d.name().equalsIgnoreCase(designName))
            .findFirst()
            .orElseThrow(() -> noDesign(name, designName));
    if (plus < 0) {
      return new Subject(design, null);
    }
    String hazard = name.substring(plus + 1);
    return design.defects().stream()
        .filter(defect -> defect.hazard().equalsIgnoreCase(hazard))
        .findFirst()
        .map(defect -> new Subject(design, defect))
        .orElseThrow(() -> noHazard(design, hazard));
  }

  private UsageException noDesign(String name, String designName) {
    ImmutableList<String> withHazard = designsWith(designName);
    if (!withHazard.isEmpty()) {
      return new UsageException(
          "%s is a hazard, not a design; did you mean %s?"
              .formatted(designName, alternatives(withHazard)));
    }
    ImmutableList<String> names = designs.stream().map(Design::name).collect(list());
    ImmutableList<String> near = NearNames.of(designName, names);
    String rest = name.substring(designName.length());
    String hint =
        near.isEmpty()
            ? "the designs are: " + String.join(", ", names)
            : "did you mean %s?".formatted(alternatives(with(near, n -> n + rest)));
    return new UsageException("no design is called '%s'; %s".formatted(designName, hint));
  }

  private UsageException noHazard(Design design, String hazard) {
    ImmutableList<String> own = design.defects().stream().map(Defect::hazard).collect(list());
    StringBuilder message = new StringBuilder();
    message.append("%s has no defect '%s'".formatted(design.name(), hazard));
    ImmutableList<String> elsewhere = designsWith(hazard);
    if (!elsewhere.isEmpty()) {
      message.append(", but there is ").append(String.join(", ", elsewhere));
    }
    if (own.isEmpty()) {
      message.append("; it has none");
    } else {
      ImmutableList<String> near =
          elsewhere.isEmpty() ? NearNames.of(hazard, own) : ImmutableList.of();
      if (!near.isEmpty()) {
        message.append(
            "; did you mean %s?".formatted(alternatives(with(near, n -> design.name() + "+" + n))));
      }
      message.append("; it has ").append(String.join(", ", own));
    }
    return new UsageException(message.toString());
  }

  /** The names of the subjects with that hazard. */
  private ImmutableList<String> designsWith(String hazard) {
    return all().stream()
        .filter(s -> s.defect() != null && s.defect().hazard().equalsIgnoreCase(hazard))
        .map(Subject::name)
        .collect(list());
  }

  private static ImmutableList<String> with(List<String> names, Function<String, String> change) {
    return names.stream().map(change).collect(list());
  }

  private static String alternatives(List<String> names) {
    return names.stream().collect(joining(" or "));
  }

  private static java.util.stream.Collector<String, ?, ImmutableList<String>> list() {
    return ImmutableList.toImmutableList();
  }
}
