package dev.kstack.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The picture in docs/architecture.md is that of the code: an arrow for what knows what. */
class ArchitecturePageTest {
  private static final String ROOT = "dev.kstack.";
  private static final Pattern ARROW = Pattern.compile("(?m)^  (\\S+) --> (\\S+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|");

  private final Map<String, Set<String>> knows = dependencies();

  @Test
  void thePictureHasTheArrowsThatNoOthersImply() throws IOException {
    Set<String> arrows = new TreeSet<>();
    knows.forEach(
        (from, all) ->
            all.stream()
                .filter(to -> all.stream().noneMatch(by -> !by.equals(to) && reaches(by, to)))
                .forEach(to -> arrows.add(from + " --> " + to)));
    assertEquals(
        String.join("\n", arrows),
        ARROW
            .matcher(page())
            .results()
            .map(m -> m.group(1) + " --> " + m.group(2))
            .sorted()
            .collect(Collectors.joining("\n")));
  }

  @Test
  void everyRoomHasARow() throws IOException {
    Set<String> rooms = new TreeSet<>();
    ROW.matcher(page()).results().map((MatchResult m) -> m.group(1)).forEach(rooms::add);
    assertEquals(knows.keySet(), rooms);
  }

  private boolean reaches(String from, String to) {
    Set<String> all = knows.get(from);
    return all.contains(to) || all.stream().anyMatch(by -> reaches(by, to));
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "architecture.md"));
  }

  private static Map<String, Set<String>> dependencies() {
    Map<String, Set<String>> knows = new TreeMap<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.kstack")) {
      Set<String> known = knows.computeIfAbsent(room(type), room -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !room(target).equals(room(type))) {
          known.add(room(target));
        }
      }
    }
    return knows;
  }

  private static String room(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }
}
