package dev.kstack.checks.lincheck;

import java.util.List;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResultKt;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.util.ExceptionResult;
import org.jetbrains.kotlinx.lincheck.util.LincheckResult;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** A run is right unless a thread has ended with an error. */
public final class NoErrors implements Verifier {
  /**
   * Ends the search. Lincheck would print the run, which takes it longer than to find it; here the
   * explorer takes it again.
   */
  static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Found(Throwable error) {
      super(error);
    }
  }

  /** Lincheck calls this. */
  public NoErrors(Class<?> specification) {}

  @Override
  public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
    for (List<LincheckResult> thread : ExecutionResultKt.getParallelResults(results)) {
      for (LincheckResult result : thread) {
        if (result instanceof ExceptionResult e) {
          throw new Found(e.getThrowable());
        }
      }
    }
    return true;
  }
}
