package dev.kstack.checks.mutate;

import dev.kstack.model.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/** Which functions of the model are being run. */
final class ModelStack {
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private ModelStack() {}

  /** Those that led to the operation that is wanted right now, innermost first. */
  static List<String> functions() {
    return STACK.walk(
        frames -> {
          List<String> functions = new ArrayList<>();
          for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
            Class<?> type = frame.getDeclaringClass();
            if (type == MutatedProcess.class) {
              break;
            }
            if (Machine.class.isAssignableFrom(type)) {
              if (!frame.getMethodName().matches(".*(call|retry).*")) {
                functions.clear(); // so far it was about how to change the operation
              }
            } else {
              String method = frame.getMethodName().replaceAll("^lambda\\$(\\w+)\\$\\d+$", "$1");
              functions.add(type.getSimpleName() + "." + method);
            }
          }
          return functions;
        });
  }
}
