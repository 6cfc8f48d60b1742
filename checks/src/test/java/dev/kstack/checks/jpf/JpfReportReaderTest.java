package dev.kstack.checks.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.StackProperties;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "no errors detected" is believed only with proof that JPF explored. */
class JpfReportReaderTest {
  /** Two processes: C0 and O. */
  private static final Job JOB =
      new Job(
          new Catalogue(Designs.ALL).find("static"),
          Assumptions.of(Hardware.MANUALS),
          new Sizes(1, 1, 1, 2, 0, 0));

  private static final String COMPLETE =
      """
      JavaPathfinder core system v8.0 (rev dev) - (C) 2005-2014 United States Government.


      ====================================================== search started: 1/1/26, 1:00 PM
      kstack-begin
      0
      289
      kstack-end

      ====================================================== results
      no errors detected

      ====================================================== statistics
      elapsed time:       00:00:10
      states:             new=3209,visited=3826,backtracked=7035,end=1
      search:             maxDepth=482,constraints=0
      choice generators:  thread=2930 (signal=0,lock=1,sharedRef=0,threadApi=2929,reschedule=0), data=280
      max memory:         365MB
      """;

  private static final String VIOLATION =
      """
      ====================================================== search started: 1/1/26, 1:00 PM
      0
      0
      33089

      ====================================================== error 1
      gov.nasa.jpf.vm.NoUncaughtExceptionsProperty
      java.lang.AssertionError: kstack-violated no-stack-fault
      \tat dev.kstack.model.live.Bus.require(Bus.java:1)

      ====================================================== output #1
      kstack-begin
      0
      33089

      ====================================================== results
      error #1: gov.nasa.jpf.vm.NoUncaughtExceptionsProperty "java.lang.AssertionError: kstack-violated no-..."

      ====================================================== statistics
      states:             new=3,visited=0,backtracked=0,end=0
      """;

  /** As JPF wrote it, but for most steps and frames. */
  private static final String RACE =
      """
      ====================================================== search started: 1/1/26, 1:00 PM
      0
      -1
      0
      0

      ====================================================== error 1
      gov.nasa.jpf.listener.PreciseRaceDetector
      race for field dev.kstack.model.live.NextAccess@28a6.nothing
        O at dev.kstack.model.live.NextAccess.write(NextAccess.java:16)
      "  WRITE: putfield dev.kstack.model.live.NextAccess.nothing
        main at dev.kstack.model.live.NextAccess.read(NextAccess.java:12)
      "  READ:  getfield dev.kstack.model.live.NextAccess.nothing


      ====================================================== snapshot #1
      thread java.lang.Thread:{id:0,name:main,status:RUNNING,priority:5,isDaemon:false,lockCount:0,suspendCount:0}
        call stack:
      	at dev.kstack.model.live.NextAccess.read(NextAccess.java:12)
      	at dev.kstack.model.live.FlatMachine.read(FlatMachine.java:229)
      	at dev.kstack.model.design.TryAgainIfKicked.refill(TryAgainIfKicked.java:33)
      	at dev.kstack.model.kernel.Scheduler.lambda$mayRun$1(Scheduler.java:81)
      	at dev.kstack.model.kernel.Scheduler$1.getAsInt(pc 20)
      	at dev.kstack.checks.jpf.JpfTarget.main(JpfTarget.java:73)

      thread java.lang.Thread:{id:1,name:O,status:RUNNING,priority:5,isDaemon:true,lockCount:0,suspendCount:0}
        call stack:
      	at dev.kstack.model.live.NextAccess.write(NextAccess.java:16)
      	at dev.kstack.model.live.FlatMachine.writeOnce(FlatMachine.java:214)
      	at dev.kstack.model.kernel.FramePool.free(FramePool.java:192)
      	at dev.kstack.model.kernel.OtherUsers.run(OtherUsers.java:41)


      ====================================================== output #1
      kstack-begin
      0
      -2
      1
      1
      -1
      1056
      1
      -2
      1

      ====================================================== results
      error #1: gov.nasa.jpf.listener.PreciseRaceDetector "race for field dev.kstack.model.live.NextAccess@28..."

      ====================================================== statistics
      states:             new=454,visited=404,backtracked=677,end=0
      """;

  private static JpfSearch read(String report, int activations, boolean killed) {
    JpfReportReader reader =
        new JpfReportReader(
            new JpfTask(JOB, activations, ImmutableSet.of(StackProperties.NO_STACK_FAULT)));
    report.lines().forEach(reader::line);
    return reader.result(killed, 1);
  }

  private static JpfOutcome outcome(String report) {
    return read(report, 2, false).outcome();
  }

  @Test
  void aCompleteReportIsBelieved() {
    JpfSearch search = read(COMPLETE, 2, false);

    assertInstanceOf(JpfOutcome.Exhausted.class, search.outcome());
    assertEquals(new JpfStatistics(3209, 3826, 482, 2930, 1, 365), search.statistics());
  }

  @Test
  void anEndlessRunNeedsNoEnd() {
    String report = COMPLETE.replace("kstack-end\n", "");
    assertInstanceOf(JpfOutcome.Exhausted.class, read(report, -1, false).outcome());
    assertInstanceOf(JpfOutcome.Broken.class, read(report, 2, false).outcome());
  }

  @Test
  void whatHitsALimitIsStopped() {
    String report =
        COMPLETE.replace(
            "\n====================================================== results",
            "\n====================================================== search constraint\n"
                + "max time exceeded: 00:00:50 >= 00:00:50\n"
                + "\n====================================================== results");
    assertTrue(
        assertInstanceOf(JpfOutcome.Stopped.class, outcome(report)).why().contains("max time"));
    assertInstanceOf(JpfOutcome.Stopped.class, read(COMPLETE, 2, true).outcome());
  }

  @Test
  void withoutProofItIsNotBelieved() {
    for (String report :
        List.of(
            COMPLETE.replace("289\n", ""),
            COMPLETE.replace("thread=2930 ", "thread=0 "),
            COMPLETE.replace("backtracked=7035", "backtracked=7034"),
            COMPLETE.replace("no errors detected", ""),
            COMPLETE.substring(0, COMPLETE.indexOf("states:")),
            COMPLETE.replace(
                "kstack-begin", "[SEVERE] JPF exception, terminating: unsupported bootstrap"))) {
      assertInstanceOf(JpfOutcome.Broken.class, outcome(report), report);
    }
  }

  @Test
  void aViolationIsTheRunThatIsPrintedForIt() {
    JpfOutcome.Violated violated = assertInstanceOf(JpfOutcome.Violated.class, outcome(VIOLATION));

    assertEquals("no-stack-fault", violated.property());
    assertEquals(2, violated.steps().size());
    assertEquals(1, violated.steps().get(1).process());
    assertEquals(
        List.of(1, 2), java.util.Arrays.stream(violated.steps().get(1).choices()).boxed().toList());
  }

  @Test
  void anotherErrorIsNoViolation() {
    String report =
        VIOLATION.replace(
            "java.lang.AssertionError: kstack-violated no-stack-fault",
            "java.lang.NoSuchMethodError: something");
    assertTrue(
        assertInstanceOf(JpfOutcome.Broken.class, outcome(report))
            .why()
            .contains("NoSuchMethodError"));
  }

  @Test
  void aDataRaceIsBetweenTwoLinesOfTheModel() {
    JpfOutcome.Violated violated = assertInstanceOf(JpfOutcome.Violated.class, outcome(RACE));

    assertEquals("data-race-free", violated.property());
    assertEquals(
        List.of(
            new JpfAccess("C0", "TryAgainIfKicked.java", 33),
            new JpfAccess("O", "FramePool.java", 192)),
        violated.race());
  }

  @Test
  void thePlainAccessOfADataRaceIsTheLastStep() {
    JpfOutcome.Violated violated = assertInstanceOf(JpfOutcome.Violated.class, outcome(RACE));

    assertEquals(
        List.of(0, 1, 1, 0), violated.steps().stream().map(step -> step.process()).toList());
    assertEquals(4, violated.steps().get(3).choices()[0]);
  }

  @Test
  void aDataRaceThatIsNotUnderstoodIsNoVerdict() {
    for (String report :
        List.of(
            RACE.replace("-1\n1056", "-2\n1056"),
            RACE.replace("-1\n1056", "-1\n1056\n1056"),
            RACE.replace("TryAgainIfKicked.java:33", "pc 20").replace("Scheduler.java:81", "pc 21"),
            RACE.replace("name:O", "name:Finalizer"))) {
      assertInstanceOf(JpfOutcome.Broken.class, outcome(report), report);
    }
  }

  @Test
  void aPlainAccessIsNoViolationUntilItIsAnnounced() {
    String report =
        VIOLATION.replace("kstack-violated no-stack-fault", "kstack-plain rq[C0].need_resched");
    JpfOutcome.Unannounced plain = assertInstanceOf(JpfOutcome.Unannounced.class, outcome(report));
    assertEquals("rq[C0].need_resched", plain.word());
  }
}
