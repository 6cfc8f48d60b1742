package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A process as a deterministic automaton. A node is a point of an activation: the remembered number
 * and what was observed since; it knows the operation that the process wants there. An edge is a
 * result of that operation. Edges are found by running the process once ({@link ReplayMachine}) and
 * kept, so that the search runs model code only where it has never been, and walks a table
 * everywhere else. Each worker of a search has one of its own, over the same {@link Nodes}.
 */
final class Automaton {
  private static final int UNKNOWN = -1;

  /** One for all, so that it is in the cache. */
  private static final long[] NO_NAMES = {};

  /** Results below this have a place in an array of the node; larger ones go to a map. */
  private static final int DIRECT = 256;

  private final Layout layout;
  private final Process process;
  private final ReplayMachine machine;
  private final boolean debug;
  private final ProcessSymmetry symmetry;
  private final boolean alike;

  /** Those of all workers of the search; below, this worker's own copy of what it has seen. */
  private final Nodes nodes;

  private final Long2IntOpenHashMap farEdges = new Long2IntOpenHashMap();
  private final Long2IntOpenHashMap renamings = new Long2IntOpenHashMap();

  /** What the process remembers in the replay under way. */
  private int replayed;

  private int size;
  private Op[] op = new Op[64];
  private int[][] edges = new int[64][];
  private boolean[] rest = new boolean[64];
  private boolean[] executed = new boolean[64];
  private Offer[][] offers = new Offer[64][];
  private long[] hash = new long[64];
  private int[] local = new int[64];
  private long[][] history = new long[64][];

  /** The entries of the history that name tasks or frames, in order. */
  private long[][] names = new long[64][];

  /** Each task that the history names, then each frame. */
  private int[][] taskNames = new int[64][];

  private int[][] frameNames = new int[64][];

  /**
   * Of a process.
   *
   * @param debug run it again at every step, to find that it is not deterministic
   * @param alike ask at every point whether it treats tasks and frames alike
   */
  Automaton(Layout layout, Process process, boolean debug, boolean alike) {
    this(layout, process, debug, alike, new Nodes());
  }

  private Automaton(Layout layout, Process process, boolean debug, boolean alike, Nodes nodes) {
    this.layout = layout;
    this.alike = alike;
    symmetry = new ProcessSymmetry(layout, process);
    this.nodes = nodes;
    this.process = process;
    this.machine = new ReplayMachine(layout, process, this::isKnown);
    this.debug = debug;
    farEdges.defaultReturnValue(UNKNOWN);
    renamings.defaultReturnValue(UNKNOWN);
  }

  /** The same automaton for another worker: nodes have the same numbers. */
  Automaton forAnotherWorker() {
    Automaton other = new Automaton(layout, process, debug, alike, nodes);
    other.refresh();
    return other;
  }

  /**
   * From now on, every node is known here that anybody knew before. To be called after states came
   * from other workers.
   */
  void refresh() {
    if (nodes.size() != size) {
      for (Nodes.Node node : nodes.from(size)) {
        take(node);
      }
    }
  }

  Process process() {
    return process;
  }

  int size() {
    return size;
  }

  /** What the process wants at the node. */
  Op op(int node) {
    return op[node];
  }

  /** Is the process between two activations there? */
  boolean rest(int node) {
    return rest[node];
  }

  /** Follows from what the node is, not from when it was found. */
  long hash(int node) {
    return hash[node];
  }

  /** The entries of the node's history that name tasks or frames: see {@link History}. */
  long[] names(int node) {
    return names[node];
  }

  /** The ways on from a node where something is chosen. */
  Offer[] offers(int node) {
    Offer[] known = offers[node];
    if (known == null) {
      known = Offer.from(this, node);
      offers[node] = known; // finding them may have made the array longer
    }
    return known;
  }

  /** Where an activation begins. */
  int root(int remembered) {
    replay(remembered, new long[0]);
    return node(remembered, machine.history(), true);
  }

  /** Where the process is after its operation returned the result. */
  int next(int node, int result) {
    int[] near = edges[node];
    if (near != null && Integer.compareUnsigned(result, near.length) < 0) {
      int next = near[result];
      if (next != UNKNOWN && !debug) {
        return next;
      }
    } else if (Integer.compareUnsigned(result, DIRECT) >= 0) {
      int next = farEdges.get((long) node << Integer.SIZE | result & 0xffffffffL);
      if (next != UNKNOWN && !debug) {
        return next;
      }
    }
    return explore(node, result);
  }

  private int replay(int remembered, long[] observed) {
    replayed = remembered;
    return machine.replay(remembered, observed, observed.length);
  }

  private boolean isKnown(long[] observed, int length) {
    return nodes.contains(key(observed, length, replayed, false));
  }

  /** What makes a node the one that it is. */
  private static LongBuffer key(long[] observed, int length, int remembered, boolean atRest) {
    long[] key = Arrays.copyOf(observed, length + 1);
    key[length] = (long) remembered << 1 | (atRest ? 1 : 0);
    return LongBuffer.wrap(key);
  }

  private int explore(int node, int result) {
    long[] observed = Arrays.copyOf(history[node], history[node].length + 1);
    observed[observed.length - 1] = History.entry(op[node].result(), result);
    executed[node] = true;
    int remembered = local[node];
    int returned = replay(remembered, observed);
    int next;
    if (machine.pending() == null) {
      next = root(returned);
    } else {
      next = node(remembered, machine.history(), false);
    }
    if (Integer.compareUnsigned(result, DIRECT) >= 0) {
      farEdges.put((long) node << Integer.SIZE | result & 0xffffffffL, next);
      return next;
    }
    int[] near = edges[node];
    if (near == null || near.length <= result) {
      int old = near == null ? 0 : near.length;
      near = near == null ? new int[Math.max(2, result + 1)] : Arrays.copyOf(near, result + 1);
      Arrays.fill(near, old, near.length, UNKNOWN);
      edges[node] = near;
    }
    if (debug && near[result] != UNKNOWN && near[result] != next) {
      throw new ModelError(
          "%s is not deterministic: after %s returned %s it wanted %s, and now %s"
              .formatted(
                  process.name(),
                  op[node].name(),
                  result,
                  op[near[result]].name(),
                  op[next].name()));
    }
    near[result] = next;
    return next;
  }

  /** The node of what the replay machine has just found. */
  private int node(int remembered, long[] observed, boolean atRest) {
    Op wanted = machine.pending();
    if (wanted == null) {
      throw new ModelError(
          "%s does nothing: an activation needs at least one operation".formatted(process.name()));
    }
    LongBuffer key = key(observed, observed.length, remembered, atRest);
    if (debug) {
      requireSame(nodes.known(key), wanted);
    }
    long h = 0;
    for (long entry : key.array()) {
      h = Mix.add(h, entry);
    }
    int node = nodes.number(key, new Nodes.Node(wanted, atRest, remembered, observed, h));
    if (node >= size) {
      if (alike) {
        symmetry.require(wanted, remembered, observed, h);
      }
      refresh();
    }
    return node;
  }

  private void requireSame(Nodes.@Nullable Node known, Op wanted) {
    if (known != null && !known.op().sameAs(wanted)) {
      throw new ModelError(
          "%s is not deterministic: with the same observations it wanted %s (%s:%d), and now %s"
                  .formatted(
                      process.name(),
                      known.op().name(),
                      known.op().site().file(),
                      known.op().site().line(),
                      wanted.name())
              + " (%s:%d)".formatted(wanted.site().file(), wanted.site().line()));
    }
  }

  private void take(Nodes.Node known) {
    int node = size++;
    if (node == op.length) {
      grow();
    }
    op[node] = known.op();
    rest[node] = known.rest();
    local[node] = known.local();
    history[node] = known.history();
    hash[node] = known.hash();
    long[] named = History.names(known.history());
    names[node] = named.length == 0 ? NO_NAMES : named;
    collectNames(node);
  }

  private void grow() {
    int longer = 2 * op.length;
    op = Arrays.copyOf(op, longer);
    edges = Arrays.copyOf(edges, longer);
    rest = Arrays.copyOf(rest, longer);
    executed = Arrays.copyOf(executed, longer);
    offers = Arrays.copyOf(offers, longer);
    hash = Arrays.copyOf(hash, longer);
    local = Arrays.copyOf(local, longer);
    history = Arrays.copyOf(history, longer);
    names = Arrays.copyOf(names, longer);
    taskNames = Arrays.copyOf(taskNames, longer);
    frameNames = Arrays.copyOf(frameNames, longer);
  }

  private void collectNames(int node) {
    int tasks = 0;
    int frames = 0;
    for (long entry : names[node]) {
      int value = History.value(entry);
      switch (History.type(entry)) {
        case TASK -> tasks |= 1 << (value - 1);
        case TASKS -> tasks |= value;
        case FRAME -> frames |= 1 << value;
        case FRAMES -> frames |= value;
        case NONE, NUMBER, BOOLEAN, PTE -> {}
      }
    }
    taskNames[node] = elements(tasks << 1);
    frameNames[node] = elements(frames);
  }

  private static int[] elements(int set) {
    int[] elements = new int[Integer.bitCount(set)];
    int i = 0;
    for (int rest = set; rest != 0; rest &= rest - 1) {
      elements[i++] = Integer.numberOfTrailingZeros(rest);
    }
    return elements;
  }

  /** Adds the classes of model code that did at least one operation, and where each stands. */
  void executed(ImmutableSet.Builder<Class<?>> classes, ImmutableSet.Builder<String> places) {
    for (int node = 0; node < size; node++) {
      if (executed[node]) {
        Site site = op[node].site();
        classes.addAll(site.callers());
        places.add(site.file() + ":" + site.line());
      }
    }
  }

  /** The node of the same process where everything it knows has another name. */
  int renamed(int node, Renaming renaming) {
    int[] tasks = taskNames[node];
    int[] frames = frameNames[node];
    boolean same = true;
    long images = 0;
    for (int task : tasks) {
      int image = renaming.task[task];
      same &= image == task;
      images = images << 5 | image;
    }
    for (int frame : frames) {
      int image = renaming.frame[frame];
      same &= image == frame;
      images = images << 5 | image;
    }
    if (same) {
      return node;
    }
    boolean fits = tasks.length + frames.length <= 8 && node < 1 << 24;
    if (!fits) {
      return rename(node, renaming);
    }
    long key = (long) node << 40 | images;
    int known = renamings.get(key);
    if (known == UNKNOWN) {
      known = rename(node, renaming);
      renamings.put(key, known);
    }
    return known;
  }

  private int rename(int node, Renaming renaming) {
    long[] renamed = symmetry.require(op[node], local[node], history[node], renaming);
    replay(local[node], renamed);
    return node(local[node], renamed, rest[node]);
  }

  boolean executed(int node) {
    return executed[node];
  }

  /** Every node that anybody has met, and whether an operation was done there. */
  void put(BitSet done, CheckpointOut out) throws IOException {
    nodes.put(done, out);
  }

  /**
   * Meets them again, in the same order, so that they have the same numbers.
   *
   * @throws CheckpointRefusedException if the process does not do what it did
   */
  void take(CheckpointIn in) throws IOException, CheckpointRefusedException {
    int count = in.getInt();
    for (int node = 0; node < count; node++) {
      boolean atRest = in.getBoolean();
      boolean done = in.getBoolean();
      int remembered = in.getInt();
      long[] observed = new long[in.getInt()];
      in.getLongs(LongBuffer.wrap(observed), 0, observed.length);
      replay(remembered, observed);
      boolean same = Arrays.equals(observed, machine.history());
      if (!same || node(remembered, observed, atRest) != node) {
        throw new CheckpointRefusedException(
            "%s does not do now what it did then".formatted(process.name()));
      }
      executed[node] = done;
    }
  }
}
