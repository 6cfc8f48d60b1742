package dev.kstack.model.design;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.SchedulerModel;

/**
 * How a design is searched where the user does not say.
 *
 * @param scheduler how unkind the scheduler is
 * @param kernel what threads hold in the kernel
 * @param hardware the modes; none means the default ones, and those in which a defect shows
 * @param sizes of the machine, at which all shows that is expected there
 */
public record DefaultSearch(
    SchedulerModel scheduler,
    KernelLoad kernel,
    ImmutableSet<Hardware> hardware,
    DefaultSizes sizes) {

  /** The scheduler is simple, and threads hold nothing. */
  static DefaultSearch at(DefaultSizes sizes) {
    return new DefaultSearch(SchedulerModel.SIMPLE, KernelLoad.BARE, ImmutableSet.of(), sizes);
  }

  DefaultSearch under(SchedulerModel other) {
    return new DefaultSearch(other, kernel, hardware, sizes);
  }

  DefaultSearch under(KernelLoad other) {
    return new DefaultSearch(scheduler, other, hardware, sizes);
  }

  /** The same, in these modes only. */
  DefaultSearch in(Hardware... modes) {
    return new DefaultSearch(scheduler, kernel, ImmutableSet.copyOf(modes), sizes);
  }

  /** What is assumed, with that hardware. */
  public Assumptions under(Hardware mode) {
    return new Assumptions(mode, scheduler, kernel);
  }

  /** Is it the one for what is assumed, but for the hardware? */
  public boolean isUnder(Assumptions assumptions) {
    return scheduler.equals(assumptions.scheduler()) && kernel.equals(assumptions.kernel());
  }
}
