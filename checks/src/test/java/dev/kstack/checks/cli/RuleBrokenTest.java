package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Searched;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.RuleBroken;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A design that breaks the locking, and does not say so, hides no verdict and no other design. */
class RuleBrokenTest {
  private static final Assumptions MANUALS = Assumptions.of(Hardware.MANUALS);
  private static final Catalogue CATALOGUE = new Catalogue(Designs.ALL);

  /** The hook after finish_task(), as somebody writes it who thinks that nothing is wrong. */
  private record SaysNothing(SwitchHook hook) implements SwitchHook {
    @Override
    public String title() {
      return hook.title();
    }

    @Override
    public List<Decision> parts() {
      return hook.parts();
    }

    @Override
    public boolean obeysLocks() {
      return true;
    }

    @Override
    public void afterFinishLockSwitch(Machine m, Kernel k, int cpu, Task prev) {
      hook.afterFinishLockSwitch(m, k, cpu, prev);
    }
  }

  private static Job job(Subject subject) {
    return new Job(subject, MANUALS, new Sizes(2, 1, 2, 2, 0, 1));
  }

  private static Job silent() {
    Subject known = CATALOGUE.find("switch-out+H8");
    Defect defect = known.defect();
    Decisions d = defect.decisions();
    Decisions decisions =
        new Decisions(d.mappedForLife(), d.refill(), new SaysNothing(d.hook()), d.scan());
    return job(
        new Subject(
            known.design(),
            new Defect(
                defect.hazard(),
                defect.title(),
                defect.interleaving(),
                decisions,
                defect.searches(),
                defect.expectation())));
  }

  @Test
  void itIsNotAModelThatIsWrong() {
    RuleBroken broken =
        assertThrows(
            RuleBroken.class, () -> new Explorer(silent().program(), Settings.DEFAULT).search());
    assertTrue(broken.getMessage().contains("nobody may touch without its lock"));
  }

  @Test
  void withoutRelyingOnTheRulesItIsTheSearchOfADesignThatSaysSo() throws IOException {
    Job said = job(CATALOGUE.find("switch-out+H8"));
    var expected = new Explorer(said.program(), Settings.DEFAULT).search();
    Searched found =
        Searched.of(silent(), job -> new Explorer(job.program(), Settings.DEFAULT).search());
    assertEquals(ImmutableSet.of("pte[]"), found.job().broken());
    assertEquals(expected.found().keySet(), found.result().found().keySet());
    assertTrue(found.result().found().containsKey(StackProperties.LOCKING_RULES));
  }

  @Test
  void allOtherVerdictsAndDesignsAreReported() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Job other = job(CATALOGUE.find("switch-out"));
    int code =
        new Check(
                CATALOGUE,
                List.of(silent(), other),
                Settings.DEFAULT.withProgressOfTasks(true),
                null,
                null,
                Format.TEXT,
                new Check.Shown(true, ImmutableList.of(), false),
                null,
                new CiReports(null, null, false, null, null),
                null,
                null,
                new PrintWriter(out),
                new PrintWriter(err))
            .run();
    assertEquals(ExitCode.AS_EXPECTED, code, out::toString); // H8 is expected to break them
    assertTrue(out.toString().contains("this search began again, and relies on no rule"));
    assertEquals("", err.toString());
  }
}
