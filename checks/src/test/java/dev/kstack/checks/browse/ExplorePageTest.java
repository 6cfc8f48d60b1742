package dev.kstack.checks.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.html.Browser;
import dev.kstack.checks.html.ModelSources;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.model.design.Designs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The explorer's page in a browser, by keyboard. */
class ExplorePageTest {
  private static final String EVIL =
      "<img src=x onerror=window.hacked=1><script>window.hacked=2</script>";

  @TempDir static Path folder;

  private static Browser browser;
  private static ExploreServer server;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.open(folder.resolve("profile"));
    server =
        ExploreServer.start(
            ExploreServerTest.job(),
            new Catalogue(Designs.ALL),
            new Budget(1_000_000, 60, 1L << 30),
            ModelSources.ofThisBuild(),
            null);
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void load() throws InterruptedException {
    browser.look(1400, 1000, false);
    browser.go(server.address());
    browser.await(".next h3", "What can come next");
  }

  @Test
  void anyEnabledStepByKeyboard() throws Exception {
    String offered = browser.text(".next .choices button span");
    browser.find(".next .choices button").sendKeys(Keys.ENTER);
    browser.await(".where", "Step 1 of 1");
    assertEquals(offered, browser.text(".row.now .what"));

    browser.press(Keys.ARROW_LEFT);
    browser.await(".where", "Start of 1");
    browser.await(".next .choices button span", offered);
    int last = browser.all(".next .choices button").size() - 1;
    browser.all(".next .choices button").get(last).sendKeys(Keys.ENTER);
    browser.await(".where", "Step 1 of 1");
    assertTrue(!offered.equals(browser.text(".row.now .what")), "another step from the same state");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void toTheNearestViolation() throws Exception {
    browser.run("document.querySelector('select').value = arguments[0]", "no-stack-fault");
    browser.find("button.first").sendKeys(Keys.ENTER);
    browser.await(".message", "from where you were");
    browser.await(".pill.violated", "no-stack-fault");
    assertTrue(browser.text(".message").startsWith("no-stack-fault is "), browser.text(".message"));
    assertEquals("violated", browser.text(".row.now .mark"));
    assertTrue(browser.picture("explore-1400-light").length > 10_000);

    for (boolean dark : new boolean[] {false, true}) {
      browser.look(320, 900, dark);
      assertTrue(browser.number("return document.documentElement.scrollWidth") <= 320);
      browser.picture("explore-320-" + (dark ? "dark" : "light"));
    }
  }

  @Test
  void aTraceFileWithAScriptInItDoesNothing() throws Exception {
    Path evil = folder.resolve("evil.json");
    Files.writeString(
        evil,
        "{\"schema\":\"kstack-trace/1\",\"design\":\"%s\",\"defect\":null,".formatted(EVIL)
            + "\"hardware\":\"manuals\",\"config\":{\"cpus\":1,\"threads\":1,\"pages\":1,"
            + "\"frames\":1,\"reserve\":0,\"speculation\":0},\"property\":\"x\",\"steps\":[]}");
    browser.find("input[type=file]").sendKeys(evil.toString());
    String said = browser.await(".message", "no design is called");

    assertTrue(said.contains(EVIL), said);
    assertNull(browser.run("return window.hacked"));
    assertEquals(0, browser.all("img").size());
    browser.find(".next .choices button").sendKeys(Keys.ENTER);
    browser.await(".where", "Step 1 of 1");
  }
}
