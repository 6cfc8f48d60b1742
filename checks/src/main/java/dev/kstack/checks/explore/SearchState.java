package dev.kstack.checks.explore;

import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * All that a search knows between two of its blocks; from that it can go on, in another process
 * too.
 */
final class SearchState {
  private final StateFormat format;
  private final Worker[] workers;
  final VisitedSet visited;
  final Liveness liveness;
  final ParentLog parents;
  final FirstSeen seen;

  /** The states of the level that is being expanded, and which is the next. */
  StateStore level;

  int from;
  StateStore nextLevel;
  long transitions;
  int depth = -1;

  /** The situations that came up before a checkpoint that the search goes on from. */
  private long premises;

  /** Memory of the visited set when the search was complete; 0 before. */
  private long visitedBytes;

  SearchState(
      StateFormat format,
      Worker[] workers,
      VisitedSet visited,
      Liveness liveness,
      FirstSeen seen,
      Room room) {
    this.format = format;
    this.workers = workers;
    this.visited = visited;
    this.liveness = liveness;
    this.seen = seen;
    parents = new ParentLog(room);
    level = new StateStore(format.longs(), room);
    nextLevel = new StateStore(format.longs(), room);
  }

  /** Where the numbers are kept, if they are. */
  @Nullable VisitedSet numbered() {
    return liveness.on() ? visited : null;
  }

  boolean levelIsDone() {
    return from == level.size();
  }

  /** One step farther. Returns false if there is no state. */
  boolean nextLevel() {
    if (nextLevel.size() == 0) {
      return false;
    }
    StateStore done = level;
    level = nextLevel;
    nextLevel = done;
    nextLevel.clear();
    from = 0;
    depth++;
    return true;
  }

  /** The number of the first state of the level. */
  int firstOfLevel() {
    return parents.size() - nextLevel.size() - level.size();
  }

  long frontier() {
    return (long) level.size() - from + nextLevel.size();
  }

  /** There is no room for what is not expanded. */
  void giveUp(StopReason reason) {
    liveness.giveUp(reason);
    level = new StateStore(format.longs(), Room.HEAP); // room to tell what was found
    nextLevel = level;
    from = 0;
  }

  long premises() {
    long all = premises;
    for (Worker worker : workers) {
      all |= worker.premises();
    }
    return all;
  }

  long bytes() {
    return visited.bytes() + parents.bytes() + level.bytes() + nextLevel.bytes() + liveness.bytes();
  }

  /** Nothing will be looked up any more: there is room to look at the graph. */
  void release() {
    if (visitedBytes == 0) {
      visitedBytes = visited.bytes();
      visited.release();
    }
  }

  /** Are all states expanded? */
  boolean released() {
    return visitedBytes != 0;
  }

  long visitedBytes() {
    return released() ? visitedBytes : visited.bytes();
  }

  void put(double seconds, CheckpointOut out) throws IOException {
    workers[0].refresh();
    for (int process = 0; process < format.processes(); process++) {
      BitSet executed = new BitSet();
      for (Worker worker : workers) {
        worker.executed(process, executed);
      }
      workers[0].automaton(process).put(executed, out);
    }
    out.putDouble(seconds);
    out.putLong(transitions);
    out.putInt(depth);
    out.putLong(premises());
    out.putLong(visitedBytes);
    seen.put(out);
    parents.put(out);
    level.put(from, out);
    nextLevel.put(0, out);
    visited.put(out);
    liveness.put(out);
  }

  /**
   * Goes on from there. What may be refused is read first: if it is, nothing has changed.
   *
   * @return the seconds that it took until then
   * @throws CheckpointRefusedException if the program is not the same
   */
  double take(CheckpointIn in) throws IOException, CheckpointRefusedException {
    for (int process = 0; process < format.processes(); process++) {
      workers[0].automaton(process).take(in);
    }
    for (Worker worker : workers) {
      worker.refresh();
    }
    double seconds = in.getDouble();
    transitions = in.getLong();
    depth = in.getInt();
    premises = in.getLong();
    visitedBytes = in.getLong();
    seen.take(in);
    parents.take(in);
    level.take(in);
    from = 0;
    nextLevel.take(in);
    visited.take(in);
    liveness.take(in);
    return seconds;
  }
}
