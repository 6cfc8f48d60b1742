package dev.kstack.checks.mutate;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.TraceFolder;
import dev.kstack.checks.report.UsageException;
import dev.kstack.checks.trace.TextTrace;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tries mutants one after the other, each design without a mistake before its mutants. */
public final class MutationRun {
  private final ImmutableList<Mutation> mutations;
  private final Settings settings;
  private final @Nullable TraceFolder folder;
  private final Consumer<String> out;
  private final Consumer<String> progress;

  /**
   * A run.
   *
   * @param names of designs and mutations; none means all
   * @param folder where the runs that kill go; null if they are not written
   * @param out gets the report, line by line
   * @param progress is told what begins
   * @throws UsageException if a name is unknown
   */
  public MutationRun(
      List<String> names,
      Settings settings,
      @Nullable TraceFolder folder,
      Consumer<String> out,
      Consumer<String> progress) {
    this.mutations = named(names, Mutations.ALL);
    this.settings = settings;
    this.folder = folder;
    this.out = out;
    this.progress = progress;
  }

  private static ImmutableList<Mutation> named(List<String> names, ImmutableList<Mutation> all) {
    for (String name : names) {
      if (all.stream().noneMatch(m -> m.name().equals(name))) {
        new Catalogue(Designs.ALL).find(name);
      }
      if (all.stream().noneMatch(m -> m.name().equals(name) || m.design().equals(name))) {
        throw new UsageException("%s has no mutations; see --list".formatted(name));
      }
    }
    return all.stream()
        .filter(m -> names.isEmpty() || names.contains(m.name()) || names.contains(m.design()))
        .collect(toImmutableList());
  }

  /** Prints the mutations, and searches nothing. */
  public void list() {
    new MutationReport(mutations).list().forEach(out);
  }

  /** Tries them, and says what all of them come to. */
  public Outcome run() {
    MutationReport report = new MutationReport(mutations);
    report.head().forEach(out);
    List<Trial> trials = new ArrayList<>();
    Outcome originals = Outcome.AS_EXPECTED;
    String designAbove = "";
    for (Mutation mutation : mutations) {
      if (settings.interrupted().getAsBoolean()) {
        break;
      }
      MutantSearch search = search(mutation.design());
      if (!mutation.design().equals(designAbove)) {
        designAbove = mutation.design();
        progress.accept(designAbove);
        Fate fate =
            search.fate(
                Mutation.of(designAbove, "nothing", "nothing"), Rung.of(search.design(), Rung.ALL));
        originals = originals.and(original(fate));
        report.original(designAbove, fate).forEach(out);
      }
      progress.accept("[%d/%d] %s".formatted(trials.size() + 1, mutations.size(), mutation.name()));
      Trial trial = new Trial(mutation, search.fate(mutation, Rung.of(search.design(), Rung.ALL)));
      trials.add(trial);
      report.row(trial).forEach(out);
      if (folder != null && trial.fate() instanceof Fate.Killed killed && killed.run() != null) {
        write(search, mutation, killed, folder);
      }
    }
    MutationReport.summary(trials, mutations.size(), originals).forEach(out);
    Outcome outcome = trials.stream().map(Trial::outcome).reduce(originals, Outcome::and);
    return trials.size() == mutations.size() ? outcome : outcome.and(Outcome.UNDECIDED);
  }

  private static Outcome original(Fate fate) {
    if (fate instanceof Fate.Survived) {
      return Outcome.AS_EXPECTED;
    }
    return fate instanceof Fate.Undecided ? Outcome.UNDECIDED : Outcome.NOT_AS_EXPECTED;
  }

  private MutantSearch search(String name) {
    Design design = new Catalogue(Designs.ALL).find(name).design();
    return new MutantSearch(design, settings);
  }

  private void write(MutantSearch search, Mutation mutation, Fate.Killed killed, TraceFolder to) {
    Job job = search.job(mutation, killed.rung()).breaking(killed.broken());
    try {
      to.write(job, killed.property(), trace(job, mutation, killed));
    } catch (IOException e) {
      throw new UsageException("--trace-dir: " + e.getMessage());
    }
  }

  /** The run that kills it, as {@code kstack check} prints the runs of designs. */
  static String trace(Job job, Mutation mutation, Fate.Killed killed) {
    List<String> heading =
        List.of(
            "%s: %s".formatted(mutation.name(), mutation.what()),
            "%s; %s".formatted(job.assumptions().inWords(), Job.inWords(job.sizes())));
    return new TextTrace(heading)
        .of(
            killed.property(),
            Run.of(MutantSearch.program(job, mutation), Reductions.ALL, killed.run()));
  }
}
