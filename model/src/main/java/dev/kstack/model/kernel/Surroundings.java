package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * What else goes on in the machine, in the designs that are about it. In the others there is none
 * of it, nor a word for it.
 *
 * @param twoScanners do two shrinkers scan at once?
 * @param hotplug CPUs go offline; null if none does
 * @param listPerCpu has each CPU a list of frames that wait for a kernel thread to free them?
 * @param oomKill how a kill answers want of frames; null if nobody is killed
 * @param topLevels page tables get their top-level entries for stacks when these are needed; null
 *     if every page table has them all
 */
public record Surroundings(
    boolean twoScanners,
    @Nullable CpuHotplug hotplug,
    boolean listPerCpu,
    @Nullable OomKill oomKill,
    @Nullable TopLevels topLevels) {
  public static final Surroundings NONE = new Surroundings(false, null, false, null, null);

  /** Two shrinkers at once. */
  public static Surroundings withTwoScanners() {
    return new Surroundings(true, null, false, null, null);
  }

  /** CPUs with lists of frames to be freed, that go offline. */
  public static Surroundings listsOfCpusThatDie(CpuHotplug hotplug) {
    return new Surroundings(false, hotplug, true, null, null);
  }

  /** Somebody is killed. */
  public static Surroundings with(OomKill kill) {
    return new Surroundings(false, null, false, kill, null);
  }

  /** Page tables are filled when they are used. */
  public static Surroundings with(TopLevels topLevels) {
    return new Surroundings(false, null, false, null, topLevels);
  }

  ImmutableList<Decision> all() {
    ImmutableList.Builder<Decision> all = ImmutableList.builder();
    if (hotplug != null) {
      all.add(hotplug);
    }
    if (oomKill != null) {
      all.add(oomKill);
    }
    if (topLevels != null) {
      all.add(topLevels);
    }
    return all.build();
  }
}
