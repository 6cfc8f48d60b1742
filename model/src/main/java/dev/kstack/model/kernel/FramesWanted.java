package dev.kstack.model.kernel;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** In words: what a thread lacks to run, who has the frames, and which of them ever come back. */
record FramesWanted(Kernel k, Memory memory, Task task) {
  ImmutableList<String> lines() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(where());
    boolean circle = Circle.has(k, memory, task);
    if (circle) {
      Circle.inWords(k, memory).forEach(line -> lines.add("in a circle: " + line));
    }
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      int curr = memory.get(k.rq(cpu).curr);
      if (curr != 0 && isHole(curr, memory.get(k.mmu().deepest(curr)))) {
        lines.add(
            "C%d runs %s, whose deepest page is missing: to switch it out is a stack fault"
                .formatted(cpu, k.task(curr)));
      }
    }
    List<Integer> missing = pages(page -> isHole(task.number, page));
    if (missing.size() > Integer.bitCount(memory.get(k.pool().free()))) {
      lines.add(
          "it needs all its %d pages and lacks %s; free frames: %s"
              .formatted(k.pages(), show(task.number, missing), frames(k.pool().free())));
      owners(lines, circle);
      sum(lines);
    }
    return lines.build();
  }

  /** Which CPU is to run it. */
  private String where() {
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      RunQueue rq = k.rq(cpu);
      boolean parked = (memory.get(rq.parked) & task.asSet()) != 0;
      if (parked || (memory.get(rq.queue) & task.asSet()) != 0) {
        int curr = memory.get(rq.curr);
        return "%s is %s on C%d, which %s"
            .formatted(
                task,
                parked ? "parked" : "runnable",
                cpu,
                curr == 0 ? "idles" : "runs " + k.task(curr));
      }
    }
    if (memory.get(task.piLock.holder()) != 0) {
      return "%s is being woken".formatted(task);
    }
    return memory.get(task.state) == Task.SLEEPING
        ? "%s sleeps; when it is woken, it cannot run".formatted(task)
        : "%s is on its way to a run queue".formatted(task);
  }

  private void owners(ImmutableList.Builder<String> lines, boolean circle) {
    for (int number = 1; number <= k.sizes().threads(); number++) {
      if (number != task.number) {
        lines.add(owned(number));
      }
    }
    if (memory.get(k.pool().others()) != 0 && !circle) {
      lines.add(
          "another user of frames has %s, and gives it back".formatted(frames(k.pool().others())));
    }
    int moving = k.ledger().moving(memory);
    if (moving != 0) {
      lines.add("between two owners: %s".formatted(k.layout().show(WordType.FRAMES, moving)));
    }
  }

  private String owned(int thread) {
    List<String> owned = new ArrayList<>();
    add("accessed: %s".formatted(show(thread, pages(p -> isAccessed(thread, p)))), owned);
    add(
        "marked by speculation: %s".formatted(show(thread, pages(p -> isMarked(thread, p)))),
        owned);
    add("never accessed: %s".formatted(show(thread, pages(p -> isClear(thread, p)))), owned);
    return "%s has: %s".formatted(k.task(thread), String.join("; ", owned));
  }

  private static void add(String what, List<String> owned) {
    if (!what.endsWith(": ")) {
      owned.add(what);
    }
  }

  /** A page whose A bit is set is never reclaimed, whoever set it. */
  private void sum(ImmutableList.Builder<String> lines) {
    int kept = 0;
    for (int number = 1; number <= k.sizes().threads(); number++) {
      int thread = number;
      boolean others = thread != task.number;
      kept += others ? pages(p -> isAccessed(thread, p) || isMarked(thread, p)).size() : 0;
    }
    int left = k.sizes().frames() - kept;
    if (left < k.pages()) {
      lines.add(
          "a page whose A bit is set is never reclaimed: of %d frames others keep %d for ever, and"
                  .formatted(k.sizes().frames(), kept)
              + " the other %d are too few for %s".formatted(left, task));
    }
  }

  private boolean isHole(int thread, int page) {
    return !Pte.present(pte(thread, page));
  }

  private boolean isAccessed(int thread, int page) {
    return !isHole(thread, page) && page >= memory.get(k.mmu().deepest(thread));
  }

  private boolean isMarked(int thread, int page) {
    return Pte.accessed(pte(thread, page)) && !isAccessed(thread, page);
  }

  private boolean isClear(int thread, int page) {
    return !isHole(thread, page) && !isAccessed(thread, page) && !isMarked(thread, page);
  }

  private int pte(int thread, int page) {
    return memory.get(k.mmu().pte(thread, page));
  }

  /** The deepest last, as they are used. */
  private List<Integer> pages(IntPredicate which) {
    return IntStream.range(0, k.pages()).map(i -> k.pages() - 1 - i).filter(which).boxed().toList();
  }

  private String show(int thread, List<Integer> pages) {
    return pages.stream()
        .map(page -> k.mmu().pte(thread, page))
        .map(pte -> pte + (memory.get(pte) == 0 ? "" : "=" + pte.show(memory.get(pte))))
        .collect(joining(" "));
  }

  private String frames(Word set) {
    return set.show(memory.get(set));
  }
}
