package dev.kstack.model.kernel;

import dev.kstack.model.hardware.Hardware;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Under what a verdict is one: everything that is not a size and not the design. One list, so that
 * whatever parses, prints, pins or compares it does so in one place.
 *
 * @param hardware how the manuals are read
 * @param scheduler how unkind the scheduler is
 * @param kernel what threads hold in the kernel
 */
public record Assumptions(Hardware hardware, SchedulerModel scheduler, KernelLoad kernel) {
  private static final String SEPARATOR = "+";

  /** That reading of the manuals; all else is as by default. */
  public static Assumptions of(Hardware hardware) {
    return new Assumptions(hardware, SchedulerModel.SIMPLE, KernelLoad.BARE);
  }

  public Assumptions with(Hardware other) {
    return new Assumptions(other, scheduler, kernel);
  }

  public Assumptions with(SchedulerModel other) {
    return new Assumptions(hardware, other, kernel);
  }

  public Assumptions with(KernelLoad other) {
    return new Assumptions(hardware, scheduler, other);
  }

  /**
   * The name in reports, files and on command lines: the hardware, and what is not at its default:
   * {@code manuals}, {@code spec-fill+full}, {@code manuals+pull+locks}.
   */
  public String label() {
    List<String> words = new ArrayList<>(List.of(hardware.label()));
    if (!scheduler.equals(SchedulerModel.SIMPLE)) {
      words.add(scheduler.label());
    }
    if (!kernel.equals(KernelLoad.BARE)) {
      words.add(kernel.label());
    }
    return String.join(SEPARATOR, words);
  }

  /** The same for people: {@code hardware manuals, scheduler full}. */
  public String inWords() {
    List<String> words = new ArrayList<>(List.of("hardware " + hardware.label()));
    if (!scheduler.equals(SchedulerModel.SIMPLE)) {
      words.add("scheduler " + scheduler.label());
    }
    if (!kernel.equals(KernelLoad.BARE)) {
      words.add("kernel " + kernel.label());
    }
    return String.join(", ", words);
  }

  /**
   * What a {@link #label} says.
   *
   * @throws IllegalArgumentException with the word that means nothing, and those that would
   */
  public static Assumptions parse(String label) {
    List<String> words = List.of(label.split("\\" + SEPARATOR, -1));
    List<String> rest = words.subList(1, words.size());
    for (String word : rest) {
      if (!SchedulerModel.WORDS.contains(word) && !KernelLoad.WORDS.contains(word)) {
        throw unknown(word, SchedulerModel.WORDS, KernelLoad.WORDS);
      }
    }
    return new Assumptions(
        parseHardware(words.get(0)), SchedulerModel.of(rest), KernelLoad.of(rest));
  }

  /**
   * The mode with that {@link Hardware#label}.
   *
   * @throws IllegalArgumentException if there is none, with those that there are
   */
  public static Hardware parseHardware(String label) {
    for (Hardware mode : Hardware.values()) {
      if (mode.label().equalsIgnoreCase(label)) {
        return mode;
      }
    }
    throw unknown(label, Arrays.stream(Hardware.values()).map(Hardware::label).toList());
  }

  /**
   * The scheduler with that {@link SchedulerModel#label}.
   *
   * @throws IllegalArgumentException if a word of it means nothing, with those that would
   */
  public static SchedulerModel parseScheduler(String label) {
    return SchedulerModel.of(words(label, SchedulerModel.WORDS));
  }

  /**
   * What threads hold, by its {@link KernelLoad#label}.
   *
   * @throws IllegalArgumentException if a word of it means nothing, with those that would
   */
  public static KernelLoad parseKernel(String label) {
    return KernelLoad.of(words(label, KernelLoad.WORDS));
  }

  private static List<String> words(String label, List<String> known) {
    List<String> words = List.of(label.split("\\" + SEPARATOR, -1));
    for (String word : words) {
      if (!known.contains(word)) {
        throw unknown(word, known);
      }
    }
    return words;
  }

  @SafeVarargs
  private static IllegalArgumentException unknown(String word, List<String>... known) {
    List<String> all = Arrays.stream(known).flatMap(List::stream).toList();
    return new IllegalArgumentException(
        "'%s' is none of: %s".formatted(word, String.join(", ", all)));
  }

  @Override
  public String toString() {
    return label();
  }
}
