package dev.kstack.checks.html;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operation does, in words: that of the memory model first, then what it means for stacks.
 */
record Explanation(Run.Event event) {
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern CHANGE = Pattern.compile("(.+): (.*) -> (.*)", Pattern.DOTALL);
  private static final Pattern PTE = Pattern.compile("(\\w+)\\.pte\\[(\\d+)]");
  private static final Pattern TLB = Pattern.compile("(\\w+)\\.tlb\\[(\\w+)]\\[(\\d+)]");
  private static final Pattern QUEUE = Pattern.compile("rq\\[(\\w+)]\\.(\\w+)");
  private static final Pattern FRAME = Pattern.compile("f\\d+$");

  /** Sentences, without full stops. */
  ImmutableList<String> lines() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(operation());
    for (String change : event.changes()) {
      Matcher m = CHANGE.matcher(change);
      if (m.matches()) {
        String meaning = change(m.group(1), m.group(2), m.group(3));
        if (!meaning.isEmpty()) {
          lines.add(meaning);
        }
      }
    }
    return lines.build();
  }

  private String operation() {
    if (event.choice()) {
      return event.result().isEmpty()
          ? "goes on only because " + event.operation()
          : "the environment decides: %s is %s".formatted(event.operation(), event.result());
    }
    Matcher call = CALL.matcher(event.operation());
    if (!call.matches()) {
      return "one instruction, as the hardware does it";
    }
    String[] args = call.group(2).split(", ", 3);
    String word = args[0];
    String second = args.length > 1 ? args[1] : "";
    String third = args.length > 2 ? args[2] : "";
    return switch (call.group(1)) {
      case "READ_ONCE" -> "reads %s once, and orders nothing".formatted(word);
      case "read" -> "reads %s, which nobody else may touch now".formatted(word);
      case "smp_load_acquire" ->
          "reads %s, and sees all that its writer did before".formatted(word);
      case "WRITE_ONCE" -> "stores %s in %s once, and orders nothing".formatted(second, word);
      case "write" -> "stores %s in %s, which nobody else may touch now".formatted(second, word);
      case "smp_store_release" ->
          "stores %s in %s; who acquires it sees all that was done before".formatted(second, word);
      case "xchg" -> "puts %s in %s and returns what was there, in one".formatted(second, word);
      case "cmpxchg" ->
          event.result().equals("ok")
              ? "%s is still %s, so it becomes %s, in one".formatted(word, second, third)
              : "%s is no longer %s, so nothing is stored".formatted(word, second);
      case "spin_lock" -> "takes %s, which was free".formatted(word);
      case "spin_trylock" ->
          event.result().equals("ok")
              ? "takes %s, which was free".formatted(word)
              : "somebody holds %s, and it does not wait".formatted(word);
      case "spin_unlock" -> "releases %s".formatted(word);
      case "smp_cond_load_acquire" -> "waits until %s; now it is so".formatted(word);
      default -> "one instruction, as the hardware does it";
    };
  }

  private static String change(String word, String before, String after) {
    Matcher pte = PTE.matcher(word);
    if (pte.matches()) {
      return page("page %s of %s's stack".formatted(pte.group(2), pte.group(1)), before, after);
    }
    Matcher tlb = TLB.matcher(word);
    if (tlb.matches()) {
      return "the TLB of %s %s page %s of %s's stack"
          .formatted(
              tlb.group(2),
              after.equals("0") ? "forgets" : "now knows",
              tlb.group(3),
              tlb.group(1));
    }
    Matcher rq = QUEUE.matcher(word);
    if (rq.matches()) {
      return switch (rq.group(2)) {
        case "curr" -> "%s now runs %s".formatted(rq.group(1), after);
        case "queue" -> "the run queue of %s is now %s".formatted(rq.group(1), after);
        case "parked" -> "parked on %s for want of memory: now %s".formatted(rq.group(1), after);
        default -> "";
      };
    }
    return word.equals("pool.free") ? "the free frames are now %s".formatted(after) : "";
  }

  private static String page(String page, String before, String after) {
    boolean was = isPresent(before);
    boolean is = isPresent(after);
    if (was && !is) {
      return "%s is unmapped, and gives up %s".formatted(page, frame(before));
    }
    if (!was && is) {
      return "%s is mapped, to %s".formatted(page, frame(after));
    }
    if (!isAccessed(before) && isAccessed(after)) {
      return "%s is marked accessed".formatted(page);
    }
    return isAccessed(before) && !isAccessed(after)
        ? "%s loses its mark of access".formatted(page)
        : "";
  }

  private static boolean isPresent(String pte) {
    return pte.startsWith("P|");
  }

  private static boolean isAccessed(String pte) {
    return pte.contains("A|") || pte.endsWith("|A");
  }

  private static String frame(String pte) {
    Matcher frame = FRAME.matcher(pte);
    return frame.find() ? frame.group() : "its frame";
  }
}
