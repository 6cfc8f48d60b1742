package dev.kstack.checks.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sentence that the page begins with. */
class AskedTest {
  @Test
  void saysWhatWasSearchedAndWhatCameOut() {
    RunReport good = report("static");
    RunReport bad = report("switch-out+H17");
    assertEquals(
        "Does any interleaving of static break a property? 1 search: none does. All as expected.",
        HtmlReport.asked(List.of(good), Outcome.AS_EXPECTED));
    assertEquals(
        "Does any interleaving of static, switch-out+H17 break a property? 2 searches: in 1 of"
            + " them, yes. NOT AS EXPECTED.",
        HtmlReport.asked(List.of(good, bad), Outcome.NOT_AS_EXPECTED));
  }

  private static RunReport report(String name) {
    Subject subject = new Catalogue(Designs.ALL).find(name);
    Assumptions manuals = Assumptions.of(Hardware.MANUALS);
    SizeOptions small = new SizeOptions(1, 1, 3, null, null, 0);
    Job job = new Job(subject, manuals, small.of(subject, manuals));
    return RunReport.of(job, new Explorer(job.program(), Settings.DEFAULT).search(), null);
  }
}
