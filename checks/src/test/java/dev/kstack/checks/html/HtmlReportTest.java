package dev.kstack.checks.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Picker;
import dev.kstack.checks.explore.RandomWalk;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The report of a check in a browser: read, stepped through, linked to, and attacked. */
class HtmlReportTest {
  private static final String EVIL =
      "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=2\"><!--";

  @TempDir static Path folder;

  private static Browser browser;
  private static Job job;
  private static RunReport report;
  private static Finding fault;
  private static Run run;
  private static String address;

  @BeforeAll
  static void reportADefect() throws IOException {
    browser = Browser.open(folder.resolve("profile"));
    Subject subject = new Catalogue(Designs.ALL).find("switch-out+H8");
    job = new Job(subject, Assumptions.of(Hardware.MANUALS), SizeOptions.NONE.of(subject));
    report = RunReport.of(job, new Explorer(job.program(), Settings.DEFAULT).search(), null);
    fault =
        report.findings().stream()
            .filter(f -> f.property().equals(StackProperties.NO_STACK_FAULT))
            .findFirst()
            .orElseThrow();
    run = Run.of(job.program(), Reductions.ALL, fault.run());
    address = write("report.html", report);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static String write(String name, RunReport of) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        new HtmlReport(Reductions.ALL, ModelSources.ofThisBuild())
            .of(List.of(of), Outcome.AS_EXPECTED));
    return file.toUri().toString();
  }

  /** The run to the stack fault: the pill that names it leads to its last step. */
  private static void openFault() {
    browser.look(1400, 1000, false);
    browser.go(address);
    browser
        .all("a.pill")
        .get(
            (int)
                browser.number(
                    "return [...document.querySelectorAll('a.pill')].findIndex(p =>"
                        + " p.textContent.includes(arguments[0]))",
                    fault.property().name()))
        .sendKeys(Keys.ENTER);
  }

  @Test
  void keysStepThroughARun() throws Exception {
    openFault();
    int length = run.steps().size();
    browser.await(".where", "Step %d of %d".formatted(length, length));

    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertEquals("Step %d of %d".formatted(length - 2, length), browser.text(".where"));
    assertShows(length - 2);
    browser.press(Keys.ARROW_RIGHT);
    assertShows(length - 1);
    browser.press(Keys.HOME);
    assertEquals("Start of " + length, browser.text(".where"));
    browser.press(Keys.END);
    assertShows(length);
    assertEquals(List.of(), browser.complaints());
  }

  /** The step's operations, the line that is highlighted, and the step in the list. */
  private static void assertShows(int number) {
    Run.Step step = run.steps().get(number - 1);
    List<String> operations =
        browser.all(".ops .op").stream().map(e -> e.getText().replace(" →", " ->")).toList();
    assertEquals(
        step.events().stream()
            .map(e -> e.result().isEmpty() ? e.operation() : e.operation() + " -> " + e.result())
            .toList(),
        operations);
    String site = browser.text(".source header code");
    int line = Integer.parseInt(site.substring(site.lastIndexOf(':') + 1));
    assertTrue(
        step.events().stream().anyMatch(e -> site.endsWith("/" + e.file() + ":" + e.line())), site);
    assertTrue(browser.text(".source .ln.hit").startsWith(line + " "), "the line is highlighted");
    assertEquals(
        String.valueOf(number), browser.text(".row.now .n"), "the step is marked in the list");
  }

  @Test
  void theLastStateIsThatOfTheRun() throws Exception {
    openFault();
    browser.await(".where", "Step " + run.steps().size());

    for (var word : run.words().entrySet()) {
      if (word.getKey().matches("\\w+\\.pte\\[\\d+]")) {
        Object title =
            browser.run(
                "return [...document.querySelectorAll('.pg .fr')].map(e => e.title).find(t =>"
                    + " t.startsWith(arguments[0] + ' = '))",
                word.getKey());
        assertEquals(word.getKey() + " = " + word.getValue(), title);
      }
    }
    assertEquals(
        "A.pte[0] is 0 since step 29",
        browser
            .text(".ending dl")
            .lines()
            .filter(line -> line.startsWith("A.pte[0]"))
            .findFirst()
            .orElse("")
            .split(":")[0]);
  }

  @Test
  void theMouseAndTheSliderGoToAnyStep() throws Exception {
    openFault();
    browser.press(Keys.HOME);
    browser.find("#row-3").click();
    assertShows(3);

    browser.find("input[type=range]").sendKeys(Keys.ARROW_RIGHT);
    assertShows(4);
  }

  @Test
  void aLinkLeadsToItsStep() throws Exception {
    openFault();
    browser.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    String link = browser.find(".controls a.button").getAttribute("href");

    browser.go(link);
    assertShows(3);
    assertTrue(link.endsWith("/step-3"), link);
  }

  @Test
  void readableInEveryWidthAndLight() throws Exception {
    for (int width : new int[] {320, 768, 1400}) {
      for (boolean dark : new boolean[] {false, true}) {
        openFault();
        browser.look(width, 900, dark);
        browser.press(Keys.ARROW_LEFT);
        assertTrue(
            browser.number("return document.documentElement.scrollWidth") <= width,
            () -> "the page is wider than " + width + " px");
        assertTrue(contrast("p.soft, .say, .row .what, .legend") >= 4.5, "too little contrast");
        byte[] picture = browser.picture("report-%d-%s".formatted(width, dark ? "dark" : "light"));
        assertTrue(picture.length > 10_000, "the picture is empty");
      }
    }
  }

  /** The least contrast of text against the card behind it: WCAG 2.2, 1.4.3. */
  private static double contrast(String selector) {
    return browser.number(
        """
        const light = (c) => {
          const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
            .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const back = (e) => {
          const c = getComputedStyle(e).backgroundColor;
          return /, 0\\)$/.test(c) && e.parentElement ? back(e.parentElement) : c;
        };
        return Math.min(...[...document.querySelectorAll(arguments[0])].map((e) => {
          const [a, b] = [light(getComputedStyle(e).color), light(back(e))];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }));
        """,
        selector);
  }

  @Test
  void everyControlHasAName() {
    openFault();
    assertEquals(
        List.of(),
        browser.run(
            "return [...document.querySelectorAll('button, a, input, select, [role=listbox]')]"
                + ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim()))"
                + ".map(e => e.outerHTML)"));
    assertTrue(
        browser.text(".unseen[role=status]").startsWith("Step " + run.steps().size()),
        "what changed is said aloud");
  }

  @Test
  void markupInNamesDoesNothing() throws Exception {
    Design real = job.subject().design();
    Design evil =
        new Design(
            "x" + EVIL,
            EVIL,
            EVIL,
            real.decisions(),
            real.sizes(),
            real.expectation(),
            ImmutableList.of());
    Job evilJob = new Job(new Subject(evil, null), Assumptions.of(Hardware.MANUALS), job.sizes());
    Property evilProperty = new Property("p" + EVIL, Property.Kind.SAFETY, EVIL, EVIL);
    Counterexample none = new Counterexample(ImmutableList.of());
    RunReport hostile =
        new RunReport(
            evilJob,
            report.result(),
            ImmutableList.of(new Finding(evilProperty, Verdict.VIOLATED, Verdict.HOLDS, none)),
            ImmutableList.of(EVIL),
            false,
            ImmutableSet.of(),
            ImmutableMap.of());
    String page = write("evil.html", hostile);
    assertEquals(
        2, Files.readString(folder.resolve("evil.html")).split("</script>", -1).length - 1);

    browser.go(page);
    browser.await(".name", "x" + EVIL);
    browser.find("a.pill").sendKeys(Keys.ENTER);
    browser.await(".headline", EVIL);
    assertNull(browser.run("return window.hacked"));
    assertEquals(0, browser.all("img, iframe, object").size());
    assertEquals(2, browser.all("script").size());
  }

  /** Were there a hole in the escaping, the policy would still stop what comes in. */
  @Test
  void thePolicyLetsNothingElseRun() {
    openFault();
    browser.run(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked=3\">');"
            + "const s = document.createElement('script'); s.textContent = 'window.hacked=4';"
            + "document.body.append(s);");
    assertNull(browser.run("return window.hacked"));
    assertFalse(browser.complaints().isEmpty(), "the browser refused");
  }

  @Test
  void aRunOfFiveThousandStepsHasRowsForTheStepsInViewOnly() throws Exception {
    int length = 5_000;
    Counterexample walk =
        new RandomWalk(walkJob().program(), Reductions.ALL)
            .walk(Picker.random(1), length, Set.of())
            .run();
    assertEquals(length, walk.steps().size());
    SearchResult result =
        new SearchResult(
            StopReason.COMPLETE,
            1,
            1,
            1,
            0,
            0,
            0,
            ImmutableMap.of(),
            ImmutableSet.of(),
            ImmutableSet.of(),
            ImmutableSet.of(),
            ImmutableMap.of());
    RunReport longRun =
        new RunReport(
            walkJob(),
            result,
            ImmutableList.of(
                new Finding(
                    StackProperties.NO_STACK_FAULT, Verdict.VIOLATED, Verdict.VIOLATED, walk)),
            ImmutableList.of(),
            false,
            ImmutableSet.of(),
            ImmutableMap.of());
    String page = write("long.html", longRun);

    browser.look(1400, 1000, false);
    browser.go(page);
    browser.await(".where", "Step 5000 of 5000");
    assertTrue(browser.all(".row").size() < 100, "rows that are not in view exist");
    browser.run(
        """
        const step = (key) => document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true }));
        for (let i = 0; i < 300; i++) {
          step(i === 0 ? 'Home' : i === 150 ? 'End' : i < 150 ? 'ArrowRight' : 'ArrowLeft');
          document.body.getBoundingClientRect(); // laid out as well
        }
        """);
    browser.await(".where", "Step %d of 5000".formatted(5_000 - 149));
    assertTrue(browser.all(".row").size() < 100, "rows that are not in view exist");
  }

  /** A design that is never stuck: its threads keep their stacks. */
  private static Job walkJob() {
    Subject subject = new Catalogue(Designs.ALL).find("static");
    return new Job(subject, Assumptions.of(Hardware.MANUALS), SizeOptions.NONE.of(subject));
  }
}
