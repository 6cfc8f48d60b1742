package dev.kstack.checks.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * JPF calls the class of the Nth lambda of a class X {@code X$N}, and takes it for an anonymous
 * class, or the table of a switch, that is called so already: it ends with an exception, before any
 * search. So a class has lambdas or such classes, and not both. These have, and JPF searches
 * nothing in which it meets their lambdas.
 */
class JpfLambdasTest {
  private static final Set<String> KNOWN =
      Set.of(
          "design/FilledBeforeWoken",
          "design/MapAtEntry",
          "design/MissingPages",
          "design/PageByPage",
          "design/Sparing",
          "design/UnmapBelowSp",
          "design/WrongTaskCallFunc",
          "kernel/Cpu");

  @Test
  void noOtherClassOfTheModelHasLambdasAndNumberedClasses() throws IOException {
    Path model = Path.of("..", "model", "target", "classes", "dev", "kstack", "model");
    Set<String> clashing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : files.filter(f -> f.toString().endsWith("$1.class")).toList()) {
        String name = model.relativize(file).toString().replace("$1.class", "");
        if (hasLambdas(model.resolve(name + ".class"))) {
          clashing.add(name);
        }
      }
    }
    assertEquals(KNOWN.stream().sorted().collect(Collectors.toList()), clashing.stream().toList());
  }

  /** The name stands in the constants of a class whose lambdas are made by invokedynamic. */
  private static boolean hasLambdas(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
        .contains("java/lang/invoke/LambdaMetafactory");
  }
}
