package dev.kstack.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Which package may know which: spec, then model, then checks, and the order inside each. */
class ArchitectureTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kstack");

  @Test
  void specDependsOnGuavaOnly() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.kstack.spec..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "dev.kstack.spec..", "java..", "com.google.common..", "org.jspecify.."));
  }

  @Test
  void modelDoesNotKnowChecks() {
    check(noDependency("dev.kstack.model..", "dev.kstack.checks.."));
  }

  @Test
  void machineKnowsNoOtherPartOfTheModel() {
    check(
        noDependency(
            "dev.kstack.model.machine..",
            "dev.kstack.model.hardware..",
            "dev.kstack.model.kernel..",
            "dev.kstack.model.design..",
            "dev.kstack.model.live.."));
  }

  /** It runs any program; and no design can tell on which machine it runs. */
  @Test
  void theLiveMachineKnowsOnlyTheMachine() {
    check(
        noDependency(
            "dev.kstack.model.live..",
            "dev.kstack.model.hardware..",
            "dev.kstack.model.kernel..",
            "dev.kstack.model.design.."));
    check(noDependency("dev.kstack.model.kernel..", "dev.kstack.model.live.."));
    check(noDependency("dev.kstack.model.hardware..", "dev.kstack.model.live.."));
    check(noDependency("dev.kstack.model.design..", "dev.kstack.model.live.."));
  }

  @Test
  void hardwareDoesNotKnowTheKernel() {
    check(
        noDependency(
            "dev.kstack.model.hardware..",
            "dev.kstack.model.kernel..",
            "dev.kstack.model.design.."));
  }

  @Test
  void partsOfTheModelHaveNoCycles() {
    check(slices().matching("dev.kstack.model.(*)..").should().beFreeOfCycles());
  }

  @Test
  void partsOfTheChecksHaveNoCycles() {
    check(slices().matching("dev.kstack.checks.(*)..").should().beFreeOfCycles());
  }

  private static ArchRule noDependency(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to);
  }

  /** A rule about a package that has no classes yet holds. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCTION);
  }
}
