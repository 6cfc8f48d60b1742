package dev.kstack.checks.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * A real Chromium without a window, from Debian's packages {@code chromium} and {@code
 * chromium-driver}. Where there is none, the test that wants it is skipped.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS = List.of("chromium", "chromium-browser");

  /** It warns of each browser that is newer than itself. Held here, or the level is forgotten. */
  private static final Logger LOG = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** One with an empty profile in that folder. */
  public static Browser open(Path profile) {
    File browser = find(BROWSERS);
    File service = find(List.of("chromedriver"));
    Assumptions.assumeTrue(
        browser != null && service != null, "there is no chromium and chromedriver on the PATH");
    LOG.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    // The driver is named, so none is looked for or downloaded.
    ChromeDriverService named =
        new ChromeDriverService.Builder().usingDriverExecutable(service).build();
    return new Browser(new ChromeDriver(named, options));
  }

  private static File find(List<String> names) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst()
        .orElse(null);
  }

  public void go(String address) {
    driver.get("about:blank"); // else another fragment of a page does not load it again
    driver.get(address);
  }

  /** Shows pages in that width and that height, light or dark. */
  public void look(int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /**
   * Presses keys where the focus is, as a keyboard does: whatever the page puts there meanwhile,
   * and whether or not it takes keys.
   */
  public void press(Keys... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  public String text(String selector) {
    return find(selector).getText();
  }

  /** The text of it as soon as it contains a part; fails if that takes half a minute. */
  public String await(String selector, String part) throws InterruptedException {
    String text = "";
    for (int i = 0; i < 600; i++) {
      text =
          String.valueOf(run("return document.querySelector(arguments[0])?.textContent", selector));
      if (text.contains(part)) {
        return text;
      }
      Thread.sleep(50);
    }
    return assertContains(part, text);
  }

  private static String assertContains(String part, String text) {
    assertEquals("..." + part + "...", text);
    return text;
  }

  /** What a script returns; also where the page itself may run none. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  public double number(String script, Object... arguments) {
    return ((Number) run(script, arguments)).doubleValue();
  }

  /** Writes a picture of the window to the build's folder, and returns it. */
  public byte[] picture(String name) throws IOException {
    byte[] png = driver.getScreenshotAs(OutputType.BYTES);
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(folder.resolve(name + ".png"), png);
    return png;
  }

  /** What the browser complained of on its console. */
  public List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(Object::toString)
        .filter(line -> !line.contains("favicon.ico"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
