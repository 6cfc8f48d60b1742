package dev.kstack.checks.mutate;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.RunQueue;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Mistakes in how the shrinker keeps the scheduler off a stack; none keeps to its locking. */
enum WrongExclusion implements Exclusion {
  PI_LOCK_ONLY {
    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      m.lock(task.piLock);
      int frames = m.loadAcquire(task.onCpu) == 0 ? m.call(WordType.FRAMES, function) : 0;
      m.unlock(task.piLock);
      return frames;
    }
  },

  PI_LOCK_RELEASED_TOO_EARLY {
    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      m.lock(task.piLock);
      boolean sleeps = m.readOnce(task.state) == Task.SLEEPING && m.readOnce(task.onRq) == 0;
      if (sleeps) {
        m.waitUntil(task.onCpu, 0);
      }
      m.unlock(task.piLock);
      return sleeps ? m.call(WordType.FRAMES, function) : 0;
    }
  },

  RQ_LOCK_RELEASED_TOO_EARLY {
    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      m.lock(task.piLock);
      RunQueue rq = k.rq(m.readOnce(task.cpu));
      m.lock(rq.lock);
      boolean offCpu = m.readOnce(task.onCpu) == 0;
      m.unlock(rq.lock);
      int frames = offCpu ? m.call(WordType.FRAMES, function) : 0;
      m.unlock(task.piLock);
      return frames;
    }
  },

  RQ_LOCK_TAKEN_TOO_LATE {
    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      m.lock(task.piLock);
      RunQueue rq = k.rq(m.readOnce(task.cpu));
      boolean offCpu = m.readOnce(task.onCpu) == 0;
      m.lock(rq.lock);
      int frames = offCpu ? m.call(WordType.FRAMES, function) : 0;
      m.unlock(rq.lock);
      m.unlock(task.piLock);
      return frames;
    }
  };

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }
}
