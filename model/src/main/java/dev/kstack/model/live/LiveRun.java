package dev.kstack.model.live;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was noticed in one run of a program on real threads.
 *
 * @param raised the properties that were violated or reached
 * @param steps the operations in their order; empty if nobody has written them down
 * @param operations how many there were
 * @param error what went wrong with the run itself; null if nothing did
 */
public record LiveRun(
    ImmutableList<Property> raised,
    ImmutableList<LiveStep> steps,
    long operations,
    @Nullable Throwable error) {
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final int LOOK_EVERY_MILLIS = 2;

  /**
   * One operation at a time, in the order that the schedule says, on a thread a process; invariants
   * are looked at after each.
   *
   * @param choosers the environment of each process, by its number
   * @param until the properties that end the run
   */
  public static LiveRun scheduled(
      Program program, Schedule schedule, IntFunction<Chooser> choosers, Set<Property> until)
      throws InterruptedException {
    LiveSystem system = new LiveSystem(program);
    LiveMemory memory = system.memory();
    Findings findings = new Findings(program, claims(program, until));
    LiveMachine[] machines = new LiveMachine[program.processes().size()];
    ScheduledGate gate =
        new ScheduledGate(new Invariants(program, memory), memory, findings, schedule, machines);
    for (int p = 0; p < machines.length; p++) {
      machines[p] = new LiveMachine(p, memory, choosers.apply(p), gate, memory);
    }
    system.run(gate, machines, LiveProcess.ENDLESS);
    List<LiveStep> steps = gate.steps();
    return new LiveRun(
        properties(program, findings.all()),
        ImmutableList.copyOf(steps),
        steps.size(),
        findings.error());
  }

  /**
   * All processes at the same time. What instructions of the hardware and watchers of words notice
   * is noticed when it happens; invariants are looked at now and then, with every process stopped
   * between two operations, and at the end. Refinement is not looked at: it needs an order of all
   * operations.
   *
   * @param seconds no longer than that
   * @param mostOperations and about no more operations than that
   * @param record are operations written down, in the order in which they end?
   */
  public static LiveRun concurrent(
      Program program,
      IntFunction<Chooser> choosers,
      Pauses pauses,
      double seconds,
      long mostOperations,
      boolean record,
      Set<Property> until)
      throws InterruptedException {
    LiveSystem system = new LiveSystem(program);
    Findings findings = new Findings(program, claims(program, until));
    LiveMachine[] machines = new LiveMachine[program.processes().size()];
    Recorder recorder = record ? new Recorder(machines.length) : null;
    FreeGate gate = new FreeGate(machines, findings, pauses, recorder);
    for (int p = 0; p < machines.length; p++) {
      machines[p] = new LiveMachine(p, system.memory(), choosers.apply(p), gate, system);
    }
    Thread[] threads = system.start(gate, machines, LiveProcess.ENDLESS);
    watch(program, system.memory(), gate, findings, seconds, mostOperations);
    gate.end();
    for (Thread thread : threads) {
      thread.join();
    }
    check(program, system.memory(), findings);
    return new LiveRun(
        properties(program, findings.all()),
        recorder == null ? ImmutableList.of() : ImmutableList.copyOf(recorder.steps()),
        gate.operations(),
        findings.error());
  }

  /** Until it is over, or nobody has got anywhere for a second. */
  private static void watch(
      Program program,
      LiveMemory memory,
      FreeGate gate,
      Findings findings,
      double seconds,
      long mostOperations)
      throws InterruptedException {
    long began = System.nanoTime();
    long quietSince = began;
    long operations = 0;
    while (!gate.over()
        && !enough(findings)
        && System.nanoTime() - began < seconds * 1e9
        && gate.operations() < mostOperations) {
      Thread.sleep(LOOK_EVERY_MILLIS);
      gate.stopTheWorld(() -> check(program, memory, findings));
      long now = gate.operations();
      if (now != operations) {
        operations = now;
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > QUIET_NANOS) {
        if (Standstill.of(gate.waiting(), memory) != 0) {
          synchronized (findings) {
            findings.deadlock();
          }
        }
        return;
      }
    }
  }

  private static boolean enough(Findings findings) {
    synchronized (findings) {
      return findings.enough();
    }
  }

  private static void check(Program program, LiveMemory memory, Findings findings) {
    memory.clearRaised();
    program.check(memory);
    synchronized (findings) {
      findings.raised(memory.raised());
    }
  }

  static long claims(Program program, Set<Property> properties) {
    long claims = 0;
    for (Property property : properties) {
      claims |= program.layout().claim(property);
    }
    return claims;
  }

  private static ImmutableList<Property> properties(Program program, long raised) {
    ImmutableList.Builder<Property> properties = ImmutableList.builder();
    for (int claim = 0; claim < program.layout().claims().size(); claim++) {
      if ((raised >>> claim & 1) != 0) {
        properties.add(program.layout().claims().get(claim));
      }
    }
    return properties.build();
  }
}
