package dev.kstack.checks.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.kernel.Sizes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is written is read back as it was; what was not written is refused with a reason. */
class JsonTraceTest {
  private static final StoredRun SMALL =
      new StoredRun(
          "switch-out",
          "H8",
          Assumptions.of(Hardware.MANUALS),
          new Sizes(2, 2, 2, 3, 0, 1),
          "no-stack-fault",
          new Counterexample(
              ImmutableList.of(
                  new Counterexample.Step(0, ImmutableList.of(1)),
                  new Counterexample.Step(3, ImmutableList.of()))),
          Grain.TRANSACTION);

  private static final String SMALL_TEXT =
      """
      {"schema":"kstack-trace/1","design":"switch-out","defect":"H8","hardware":"manuals",\
      "config":{"cpus":2,"threads":2,"pages":2,"frames":3,"reserve":0,"speculation":1},\
      "property":"no-stack-fault",\
      "steps":[{"process":0,"choices":[1]},{"process":3,"choices":[]}]}
      """;

  @Provide
  Arbitrary<StoredRun> runs() {
    Arbitrary<Integer> number = Arbitraries.integers().greaterOrEqual(0);
    Arbitrary<Counterexample.Step> step =
        Combinators.combine(number, Arbitraries.integers().list().ofMaxSize(5))
            .as((process, choices) -> new Counterexample.Step(process, copy(choices)));
    Arbitrary<Sizes> sizes =
        number
            .list()
            .ofSize(6)
            .map(n -> new Sizes(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5)));
    return Combinators.combine(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.strings().ofMaxLength(5).injectNull(0.3),
            assumptions(),
            sizes,
            Arbitraries.strings().ofMaxLength(20),
            Combinators.combine(step.list().ofMaxSize(30), endings())
                .as((steps, ending) -> new Counterexample(copy(steps), ending)),
            Arbitraries.of(Grain.class))
        .as(StoredRun::new);
  }

  private static Arbitrary<Assumptions> assumptions() {
    Arbitrary<Boolean> is = Arbitraries.of(true, false);
    Arbitrary<SchedulerModel> scheduler =
        Combinators.combine(is, is, is, is, is).as(SchedulerModel::new);
    Arbitrary<KernelLoad> kernel = Combinators.combine(is, is, is).as(KernelLoad::new);
    return Combinators.combine(Arbitraries.of(Hardware.class), scheduler, kernel)
        .as(Assumptions::new);
  }

  @Property
  void theNameOfWhatIsAssumedSaysIt(@ForAll("assumed") Assumptions assumptions) {
    assertEquals(assumptions, Assumptions.parse(assumptions.label()));
  }

  @Provide
  Arbitrary<Assumptions> assumed() {
    return assumptions();
  }

  /** A loop begins at the start, which there is whatever the number of steps. */
  private static Arbitrary<Ending> endings() {
    Arbitrary<Integer> number = Arbitraries.integers().greaterOrEqual(0);
    return Arbitraries.oneOf(
        Arbitraries.of(new Ending.Here()),
        Combinators.combine(number, number).as(Ending.Trap::new),
        Combinators.combine(number, Arbitraries.of(true, false))
            .as((task, renamed) -> new Ending.Loop(task, 0, renamed)));
  }

  private static <T> ImmutableList<T> copy(List<T> list) {
    return ImmutableList.copyOf(list);
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll("runs") StoredRun stored) throws TraceFormatException {
    assertEquals(stored, JsonTrace.read(JsonTrace.write(stored)));
  }

  /** In any way that leaves it no trace: an exception of the reader's own, and nothing else. */
  @Property
  void aFileThatWasCutOffIsRefused(@ForAll @IntRange(max = 240) int length) {
    int last = SMALL_TEXT.lastIndexOf('}');
    String cut = SMALL_TEXT.substring(0, Math.min(length, last));
    assertThrows(TraceFormatException.class, () -> JsonTrace.read(cut), cut);
  }

  @Property
  void aFileWithAWrongCharacterIsReadOrRefused(
      @ForAll @IntRange(max = 240) int at, @ForAll char wrong) {
    StringBuilder text = new StringBuilder(SMALL_TEXT);
    text.setCharAt(at, wrong);
    try {
      JsonTrace.read(text.toString());
    } catch (TraceFormatException e) {
      assertTrue(!e.getMessage().isBlank());
    }
  }

  @Example
  void theFormIsTheOneThatIsDocumented() throws TraceFormatException {
    assertEquals(SMALL_TEXT, JsonTrace.write(SMALL));
    assertEquals(SMALL, JsonTrace.read(SMALL_TEXT));
  }

  @Example
  void errorsSayWhereAndWhatShouldBeThere() {
    assertRefused("", "", "not an object of JSON");
    assertRefused("\"steps\"", "steps", "not JSON: line 1, column ");
    assertRefused("kstack-trace/1", "kstack-check/1", "schema is 'kstack-check/1', not");
    assertRefused("\"schema\"", "\"scheme\"", "schema is missing");
    assertRefused("\"manuals\"", "\"intel\"", "hardware: 'intel' is none of: manuals, ");
    assertRefused("\"cpus\":2,", "", "config.cpus is missing");
    assertRefused("\"cpus\":2,", "\"cpus\":\"2\",", "config.cpus is not an int: \"2\"");
    assertRefused("\"cpus\"", "\"CPUs\"", "config.CPUs is no field of it; they are cpus, ");
    assertRefused("\"defect\":\"H8\"", "\"defect\":8", "defect is not a string: 8");
    assertRefused("\"process\":3", "\"process\":-3", "steps[1].process is less than 0: -3");
    assertRefused("[1]", "[1.5]", "steps[0].choices[0] is not an int: 1.5");
    assertRefused("[1]", "1", "steps[0].choices is not an array: 1");
    assertRefused("{\"process\":0,\"choices\":[1]}", "7", "steps[0] is not an object: 7");
    assertRefused("\"steps\"", "\"grain\":\"mill\",\"steps\"", "grain is 'mill'; it can be");
    assertRefused("\"steps\"", "\"ending\":{},\"steps\"", "ending is not one of trap, loop");
    assertRefused(
        "\"steps\"",
        "\"ending\":{\"loop\":{\"task\":1,\"from\":3,\"renamed\":true}},\"steps\"",
        "ending.loop.from is 3, more than the 2 steps");
    assertRefused("[]}]}", "[]}]} {}", "not JSON: line 1, column ");
  }

  /** With that part of a good one in place of this; all of it, if the part is empty. */
  private static void assertRefused(String part, String instead, String why) {
    String text = part.isEmpty() ? instead : SMALL_TEXT.replace(part, instead);
    TraceFormatException e =
        assertThrows(TraceFormatException.class, () -> JsonTrace.read(text), text);
    assertTrue(e.getMessage().startsWith(why), e.getMessage());
  }
}
