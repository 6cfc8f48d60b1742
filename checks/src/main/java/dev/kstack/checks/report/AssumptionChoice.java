package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.SchedulerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the user assumes: of each list, everything is combined with everything; an empty one leaves
 * it to the subject.
 */
public record AssumptionChoice(
    List<Hardware> hardware, List<SchedulerModel> schedulers, List<KernelLoad> kernels) {
  public static final AssumptionChoice NONE = new AssumptionChoice(List.of(), List.of(), List.of());

  /** These, and all else as by default. */
  public static AssumptionChoice of(Hardware... hardware) {
    return new AssumptionChoice(List.of(hardware), List.of(), List.of());
  }

  /** Under what a subject is searched, at sizes of the user's. */
  public ImmutableSet<Assumptions> of(Subject subject) {
    return of(subject, false);
  }

  /**
   * Under what a subject is searched. Where scheduler or threads are given, the hardware modes are
   * by default those of the subject's searches.
   *
   * @param everySearch each of the subject's searches? If not, the usual one
   */
  ImmutableSet<Assumptions> of(Subject subject, boolean everySearch) {
    if (schedulers.isEmpty() && kernels.isEmpty()) {
      return own(subject, everySearch);
    }
    ImmutableSet.Builder<Assumptions> all = ImmutableSet.builder();
    for (Hardware mode : inOrder(hardware.isEmpty() ? modes(subject) : Set.copyOf(hardware))) {
      for (SchedulerModel scheduler : or(schedulers, SchedulerModel.SIMPLE)) {
        for (KernelLoad kernel : or(kernels, KernelLoad.BARE)) {
          all.add(new Assumptions(mode, scheduler, kernel));
        }
      }
    }
    return all.build();
  }

  /** Those of the subject; hardware that is given stands in for that of each. */
  private ImmutableSet<Assumptions> own(Subject subject, boolean everySearch) {
    ImmutableSet.Builder<Assumptions> all = ImmutableSet.builder();
    for (Assumptions assumptions : subject.assumptions()) {
      if (!everySearch && !subject.searches().get(0).isUnder(assumptions)) {
        continue;
      }
      if (hardware.isEmpty()) {
        all.add(assumptions);
      } else {
        inOrder(Set.copyOf(hardware)).forEach(mode -> all.add(assumptions.with(mode)));
      }
    }
    return all.build();
  }

  private static Set<Hardware> modes(Subject subject) {
    return subject.assumptions().stream().map(Assumptions::hardware).collect(Collectors.toSet());
  }

  private static List<Hardware> inOrder(Set<Hardware> modes) {
    List<Hardware> all = new ArrayList<>(List.of(Hardware.values()));
    all.retainAll(modes);
    return all;
  }

  private static <T> ImmutableList<T> or(List<T> given, T otherwise) {
    return given.isEmpty() ? ImmutableList.of(otherwise) : ImmutableList.copyOf(given);
  }
}
