package dev.kstack.checks.html;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.kstack.model.kernel.Kernel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The model's source files, where this build finds the tree that it was made from; elsewhere there
 * are none, and a site is only named.
 */
public final class ModelSources {
  private static final String SOURCES = "model/src/main/java";

  private final ImmutableMap<String, Path> files;
  private final Path root;
  private final Map<String, ImmutableList<String>> read = new LinkedHashMap<>();

  private ModelSources(Path root, ImmutableMap<String, Path> files) {
    this.root = root;
    this.files = files;
  }

  /** Those of a folder; files are known by their names, which differ in the model. */
  public static ModelSources in(Path root) {
    Path folder = root.resolve(SOURCES);
    if (!Files.isDirectory(folder)) {
      return new ModelSources(root, ImmutableMap.of());
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return new ModelSources(
          root,
          all.filter(f -> f.toString().endsWith(".java"))
              .filter(f -> !f.endsWith("package-info.java"))
              .sorted()
              .collect(ImmutableMap.toImmutableMap(f -> f.getFileName().toString(), f -> f)));
    } catch (IOException | IllegalArgumentException e) {
      return new ModelSources(root, ImmutableMap.of());
    }
  }

  /**
   * Those of this build: the model is in {@code model/target} or in {@code checks/target/lib}, both
   * in the tree.
   */
  public static ModelSources ofThisBuild() {
    try {
      Path model =
          Path.of(Kernel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path folder = model; folder != null; folder = folder.getParent()) {
        if (Files.isDirectory(folder.resolve(SOURCES))) {
          return in(folder);
        }
      }
      return new ModelSources(model, ImmutableMap.of());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines of a file; none if it is not there. */
  ImmutableList<String> lines(String file) {
    return read.computeIfAbsent(
        file,
        name -> {
          Path path = files.get(name);
          try {
            return path == null
                ? ImmutableList.of()
                : ImmutableList.copyOf(Files.readAllLines(path, StandardCharsets.UTF_8));
          } catch (IOException e) {
            return ImmutableList.of();
          }
        });
  }

  /** Where a file is, from the root of the tree; its name if it is not there. */
  String path(String file) {
    Path path = files.get(file);
    return path == null ? file : root.relativize(path).toString();
  }
}
