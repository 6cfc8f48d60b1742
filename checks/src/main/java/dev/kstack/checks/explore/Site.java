package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Machine;

/**
 * Where in the model an operation stands.
 *
 * @param function class and method: {@code Scheduler.finishTaskSwitch}
 * @param file the source file
 * @param folder the folders of its package: {@code dev/kstack/model/kernel}
 * @param line the line in it
 * @param callers the classes of the model on the stack, outermost last
 */
record Site(String function, String file, String folder, int line, ImmutableSet<Class<?>> callers) {
  private static final String MACHINE = "dev.kstack.model.machine.";

  /** Of an operation whose place is known from elsewhere. */
  static final Site UNKNOWN = new Site("?", "?", "", 0, ImmutableSet.of());

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Of the model code that is calling the machine right now, up to the process. */
  static Site ofCaller(Class<?> process) {
    return STACK.walk(
        frames -> {
          ImmutableSet.Builder<Class<?>> callers = ImmutableSet.builder();
          StackWalker.StackFrame innermost = null;
          for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
            Class<?> type = frame.getDeclaringClass();
            boolean processBegins =
                type == ReplayMachine.class && frame.getMethodName().equals("replay");
            if (processBegins) {
              break;
            }
            boolean machine = Machine.class.isAssignableFrom(type);
            if (machine && !frame.getMethodName().matches(".*(call|retry).*")) {
              innermost = null; // what a machine calls to do an operation is not the model's
              callers = ImmutableSet.builder();
            }
            if (machine || type == Site.class || type.getName().startsWith(MACHINE)) {
              continue;
            }
            if (innermost == null) {
              innermost = frame;
            }
            callers.add(type);
            if (type == process) {
              break;
            }
          }
          if (innermost == null) {
            return UNKNOWN;
          }
          String method = innermost.getMethodName().replaceAll("^lambda\\$(\\w+)\\$\\d+$", "$1");
          return new Site(
              innermost.getDeclaringClass().getSimpleName() + "." + method,
              String.valueOf(innermost.getFileName()),
              innermost.getDeclaringClass().getPackageName().replace('.', '/'),
              innermost.getLineNumber(),
              callers.build());
        });
  }
}
