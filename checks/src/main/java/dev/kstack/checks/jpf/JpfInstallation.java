package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Java PathFinder that the user has.
 *
 * @param foundBy who named it, for people
 * @param core the jar of JPF itself
 * @param classes the jar with the classes that it puts in place of Java's
 * @param annotations the jar of its annotations
 * @param properties its defaults; null if there are none beside the jars
 */
public record JpfInstallation(
    String foundBy, Path core, Path classes, Path annotations, @Nullable Path properties) {
  private static final String HOME = "JPF_HOME";

  /** Where a user may have it. */
  public record Places(Map<String, String> environment, Path userHome, Path mavenRepository) {
    /** Those of the user who runs this program. */
    public static Places ofUser() {
      Path home = Path.of(System.getProperty("user.home", ""));
      String repository = System.getProperty("maven.repo.local");
      return new Places(
          System.getenv(),
          home,
          repository == null ? home.resolve(".m2").resolve("repository") : Path.of(repository));
    }
  }

  /**
   * Looks for it: {@code JPF_HOME}, {@code ~/.jpf/site.properties}, the local Maven repository.
   *
   * @throws JpfNotFoundException if there is none, with what was looked at and how to get it
   */
  public static JpfInstallation find(Places places) throws JpfNotFoundException {
    ImmutableList.Builder<String> looked = ImmutableList.builder();
    String home = places.environment().get(HOME);
    if (home != null && !home.isBlank()) {
      JpfInstallation found = in(HOME, Path.of(home.strip()));
      if (found != null) {
        return found;
      }
      throw new JpfNotFoundException(
          ImmutableList.of(
              "%s is %s, which has no build/jpf.jar and build/jpf-classes.jar"
                  .formatted(HOME, home)));
    }
    looked.add(HOME + " is not set");
    Path site = places.userHome().resolve(".jpf").resolve("site.properties");
    JpfInstallation bySite = bySite(site, looked);
    if (bySite != null) {
      return bySite;
    }
    JpfInstallation inRepository = inRepository(places.mavenRepository());
    if (inRepository != null) {
      return inRepository;
    }
    looked.add(
        "the local Maven repository has not all of gov.nasa:jpf-core, gov.nasa:jpf-classes and"
            + " gov.nasa:jpf-annotations in one version");
    throw new JpfNotFoundException(looked.build());
  }

  private static @Nullable JpfInstallation in(String foundBy, Path home) {
    Path build = home.resolve("build");
    JpfInstallation found =
        new JpfInstallation(
            foundBy,
            build.resolve("jpf.jar"),
            build.resolve("jpf-classes.jar"),
            build.resolve("jpf-annotations.jar"),
            home.resolve("jpf.properties"));
    return found.isThere() ? found : null;
  }

  private boolean isThere() {
    return Files.isRegularFile(core)
        && Files.isRegularFile(classes)
        && Files.isRegularFile(annotations);
  }

  private static @Nullable JpfInstallation bySite(Path site, ImmutableList.Builder<String> looked) {
    if (!Files.isRegularFile(site)) {
      looked.add("there is no ~/.jpf/site.properties");
      return null;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(site)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      looked.add("~/.jpf/site.properties cannot be read (%s)".formatted(e));
      return null;
    }
    String core = properties.getProperty("jpf-core");
    if (core == null) {
      looked.add("~/.jpf/site.properties does not say where jpf-core is");
      return null;
    }
    String path = core.strip().replace("${user.home}", System.getProperty("user.home", ""));
    JpfInstallation found = in("~/.jpf/site.properties", Path.of(path));
    if (found == null) {
      looked.add(
          "~/.jpf/site.properties says that jpf-core is %s, which has no build/jpf.jar"
              .formatted(path));
    }
    return found;
  }

  /** The newest version of which all three jars are there. */
  private static @Nullable JpfInstallation inRepository(Path repository) {
    Path nasa = repository.resolve("gov").resolve("nasa");
    Path versions = nasa.resolve("jpf-core");
    if (!Files.isDirectory(versions)) {
      return null;
    }
    try (Stream<Path> found = Files.list(versions)) {
      return found
          .map(version -> version.getFileName().toString())
          .map(
              version ->
                  new JpfInstallation(
                      "gov.nasa:jpf-core:%s in the local Maven repository".formatted(version),
                      jar(nasa, "jpf-core", version),
                      jar(nasa, "jpf-classes", version),
                      jar(nasa, "jpf-annotations", version),
                      null))
          .filter(JpfInstallation::isThere)
          .max(java.util.Comparator.comparing(i -> i.core().toFile().lastModified()))
          .orElse(null);
    } catch (IOException e) {
      return null; // as if it were not there
    }
  }

  private static Path jar(Path nasa, String artifact, String version) {
    return nasa.resolve(artifact)
        .resolve(version)
        .resolve("%s-%s.jar".formatted(artifact, version));
  }
}
