package dev.kstack.checks.cli;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Which kstack this is: its version, and a sum of the code of its three modules. What one build
 * left off another cannot go on with, unless its code is the same.
 */
final class BuildIdentity {
  private static final String CODE = ".class";

  private BuildIdentity() {}

  static String ofThis() throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    for (Class<?> type : new Class<?>[] {Property.class, Kernel.class, BuildIdentity.class}) {
      try {
        Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
          addFolder(place, sums);
        } else {
          addJar(place, sums);
        }
      } catch (URISyntaxException e) {
        throw new IOException("the code of kstack is not found", e);
      }
    }
    CRC32 all = new CRC32();
    sums.forEach(
        (name, sum) -> {
          all.update(name.getBytes(StandardCharsets.UTF_8));
          all.update(Long.toString(sum).getBytes(StandardCharsets.UTF_8));
        });
    return "%s, code %08x".formatted(new Version().getVersion()[0], all.getValue());
  }

  private static void addJar(Path place, Map<String, Long> sums) throws IOException {
    try (JarFile jar = new JarFile(place.toFile())) {
      jar.stream()
          .filter(entry -> entry.getName().endsWith(CODE))
          .forEach(entry -> sums.put(entry.getName(), entry.getCrc()));
    }
  }

  private static void addFolder(Path place, Map<String, Long> sums) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(CODE)) {
          CRC32 sum = new CRC32();
          try (InputStream in = Files.newInputStream(file)) {
            sum.update(in.readAllBytes());
          }
          sums.put(place.relativize(file).toString(), sum.getValue());
        }
      }
    }
  }
}
