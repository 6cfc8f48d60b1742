package dev.kstack.checks.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.kstack.checks.report.TakenTrace;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A trace as a test: compiled, and run by JUnit. */
class JUnitTestTest {
  @TempDir private Path folder;

  @Test
  void isRedOnTheDefect() throws Exception {
    TakenTrace fault = ExportedTraces.fault();

    TestExecutionSummary summary = run(fault, JUnitTest.of(fault));

    assertEquals(1, summary.getTestsFailedCount());
    Throwable why = summary.getFailures().get(0).getException();
    assertTrue(
        String.valueOf(why.getMessage()).startsWith("no-stack-fault is violated after "),
        why::toString);
  }

  @Test
  void isGreenOnceTheDefectIsMended() throws Exception {
    TakenTrace fault = ExportedTraces.fault();
    String source = JUnitTest.of(fault);
    String mended = source.replace(".find(\"switch-out+H8\")", ".find(\"switch-out\")");
    assertTrue(!mended.equals(source), source);

    TestExecutionSummary summary = run(fault, mended);

    assertEquals(List.of(), summary.getFailures());
    assertEquals(1, summary.getTestsSucceededCount());
  }

  @Test
  void whatNoSingleRunShowsIsNoTest() {
    TakenTrace loop = ExportedTraces.loop();

    String why = assertThrows(UsageException.class, () -> JUnitTest.of(loop)).getMessage();

    assertTrue(why.startsWith("--to junit: no single run violates runs-eventually;"), why);
  }

  private TestExecutionSummary run(TakenTrace taken, String source) throws Exception {
    String name = JUnitTest.className(taken.trace().job(), taken.trace().property());
    compile(name, source);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      thread.setContextClassLoader(loader);
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(loader.loadClass(name)))
                  .build(),
              listener);
      return listener.getSummary();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void compile(String name, String source) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  errors,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-Xlint:all",
                      "-Werror",
                      "-cp",
                      classPath,
                      "-d",
                      folder.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertTrue(compiled, () -> errors + source);
    }
  }
}
