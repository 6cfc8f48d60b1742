package dev.kstack.checks.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java PathFinder is found where users have it, and if nowhere, it is said how to get it. */
class JpfInstallationTest {
  @TempDir private Path folder;

  private JpfInstallation.Places places(Map<String, String> environment) {
    return new JpfInstallation.Places(
        environment, folder.resolve("home"), folder.resolve("repository"));
  }

  private Path built(String name) throws IOException {
    Path build = Files.createDirectories(folder.resolve(name).resolve("build"));
    for (String jar : List.of("jpf.jar", "jpf-classes.jar", "jpf-annotations.jar")) {
      Files.createFile(build.resolve(jar));
    }
    return folder.resolve(name);
  }

  @Test
  void byTheEnvironment() throws Exception {
    Path home = built("jpf");
    JpfInstallation found = JpfInstallation.find(places(Map.of("JPF_HOME", home.toString())));
    assertEquals("JPF_HOME", found.foundBy());
    assertEquals(home.resolve("build").resolve("jpf.jar"), found.core());
  }

  @Test
  void aWrongEnvironmentIsNotPassedOver() throws Exception {
    Path site = Files.createDirectories(folder.resolve("home").resolve(".jpf"));
    Files.writeString(site.resolve("site.properties"), "jpf-core = " + built("jpf") + "\n");
    JpfNotFoundException e =
        assertThrows(
            JpfNotFoundException.class,
            () -> JpfInstallation.find(places(Map.of("JPF_HOME", folder + "/nowhere"))));
    assertTrue(e.getMessage().contains("nowhere"), e.getMessage());
  }

  @Test
  void bySiteProperties() throws Exception {
    Path site = Files.createDirectories(folder.resolve("home").resolve(".jpf"));
    Files.writeString(site.resolve("site.properties"), "jpf-core = " + built("jpf") + "\n");
    assertEquals("~/.jpf/site.properties", JpfInstallation.find(places(Map.of())).foundBy());
  }

  @Test
  void inTheLocalRepository() throws Exception {
    for (String artifact : List.of("jpf-core", "jpf-classes", "jpf-annotations")) {
      Path version =
          Files.createDirectories(
              folder.resolve("repository").resolve("gov/nasa").resolve(artifact).resolve("1.0"));
      Files.createFile(version.resolve(artifact + "-1.0.jar"));
    }
    assertTrue(JpfInstallation.find(places(Map.of())).foundBy().contains("gov.nasa:jpf-core:1.0"));
  }

  @Test
  void whoHasNoneIsToldHowToGetIt() {
    JpfNotFoundException e =
        assertThrows(JpfNotFoundException.class, () -> JpfInstallation.find(places(Map.of())));
    assertTrue(e.getMessage().contains("JPF_HOME is not set"), e.getMessage());
    assertTrue(e.getMessage().contains("git clone"), e.getMessage());
  }
}
