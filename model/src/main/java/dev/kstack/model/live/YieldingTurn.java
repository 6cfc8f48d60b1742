package dev.kstack.model.live;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * For a checker of Java programs: a yield before each step, which is the only place where it need
 * switch threads; what {@link Random} returns it chooses, and tries every outcome.
 */
final class YieldingTurn implements Turn {
  private final Random random = new Random();
  private final Bus bus;

  /** Null where nobody looks for data races. */
  private final @Nullable Announcements announcements;

  YieldingTurn(Bus bus, @Nullable Announcements announcements) {
    this.bus = bus;
    this.announcements = announcements;
  }

  @Override
  public void handOver() {
    Thread.yield();
  }

  @Override
  public int choose(int count) {
    return random.nextInt(count);
  }

  @Override
  public void impossible() {
    bus.dismiss();
    throw EndOfRun.INSTANCE; // if whoever explores does not care
  }

  @Override
  public void done(int process, long choices) {
    System.out.println(choices);
  }

  @Override
  public boolean looksForRaces() {
    return announcements != null;
  }

  @Override
  public boolean announces(int word) {
    return announcements != null && announcements.include(word);
  }

  @Override
  public void announce(int process, int operation, int word, long choices) {
    Thread.yield();
    if (announcements != null) {
      System.out.println(FlatOperation.plain(operation) ? FlatRun.NEXT_PLAIN : FlatRun.NEXT_MARKED);
      System.out.println(choices);
      announcements.announce(operation, word);
    }
  }

  @Override
  public void require(int word) {
    if (announcements != null) {
      announcements.require(word);
    }
  }
}
