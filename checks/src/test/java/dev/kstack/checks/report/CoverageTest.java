package dev.kstack.checks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.hardware.TlbRecord;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.machine.Machine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every operation that stands in the model is done in some search, or the model has code that no
 * verdict is about.
 */
class CoverageTest {
  /** Enough to come everywhere: not all of these searches are complete, nor need they be. */
  private static final Settings SETTINGS =
      Settings.DEFAULT.withBudget(new Budget(30_000, Double.POSITIVE_INFINITY, Long.MAX_VALUE));

  /** What a machine runs, without an operation of its own. */
  private static final Set<String> CALLS = Set.of("call", "retry");

  @Test
  void everyOperationOfTheModelIsDoneInSomeSearch() {
    Set<String> written = new TreeSet<>();
    ClassFileImporter importer =
        new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS);
    for (String part : List.of("kernel", "design", "hardware")) {
      for (JavaClass type : importer.importPackages("dev.kstack.model." + part)) {
        add(type.getMethodCallsFromSelf(), written);
      }
    }
    assertTrue(written.size() > 150, () -> "the operations are not found: " + written);

    Set<String> left = new TreeSet<>(written);
    for (Subject subject : new Catalogue(Designs.ALL).all()) {
      Set<Assumptions> everywhere = new LinkedHashSet<>(subject.assumptions());
      for (Hardware hardware : Hardware.values()) {
        everywhere.add(Assumptions.of(hardware));
      }
      for (Assumptions assumed : everywhere) {
        Job job = new Job(subject, assumed, SizeOptions.NONE.of(subject, assumed));
        left.removeAll(new Explorer(job.program(), SETTINGS).search().places());
      }
    }
    // Tests search with all TLB entries recorded too.
    Job stray = Searches.job("switch-out+KNL4", Hardware.STRAY_A, SizeOptions.NONE);
    Kernel all =
        new Kernel(
            stray.sizes(),
            stray.subject().decisions(),
            Assumptions.of(Hardware.STRAY_A),
            TlbRecord.EVERY);
    left.removeAll(new Explorer(all, SETTINGS).search().places());
    // A CPU that goes offline looks for who is dequeued late.
    Subject dies = new Catalogue(Designs.ALL).find("deferred-free");
    Assumptions late = Assumptions.of(Hardware.MANUALS).with(SchedulerModel.ONLY_DELAYED_DEQUEUE);
    Job hotplug = new Job(dies, late, SizeOptions.NONE.of(dies, late));
    left.removeAll(new Explorer(hotplug.program(), SETTINGS).search().places());
    assertEquals(Set.of(), left, "operations that are done in no search");
  }

  private static void add(Set<JavaMethodCall> calls, Set<String> written) {
    for (JavaMethodCall call : calls) {
      if (call.getTargetOwner().isEquivalentTo(Machine.class)
          && !CALLS.contains(call.getTarget().getName())) {
        written.add(
            call.getOriginOwner().getSource().orElseThrow().getFileName().orElseThrow()
                + ":"
                + call.getLineNumber());
      }
    }
  }
}
