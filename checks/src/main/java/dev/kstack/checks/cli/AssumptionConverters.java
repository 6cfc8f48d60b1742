package dev.kstack.checks.cli;

import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.SchedulerModel;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What is assumed, by the names that reports have. */
final class AssumptionConverters {
  private AssumptionConverters() {}

  static final class OfHardware implements ITypeConverter<Hardware> {
    @Override
    public Hardware convert(String value) {
      return known(value, Assumptions::parseHardware);
    }
  }

  static final class OfScheduler implements ITypeConverter<SchedulerModel> {
    @Override
    public SchedulerModel convert(String value) {
      return known(value, Assumptions::parseScheduler);
    }
  }

  static final class OfKernel implements ITypeConverter<KernelLoad> {
    @Override
    public KernelLoad convert(String value) {
      return known(value, Assumptions::parseKernel);
    }
  }

  private static <T> T known(String value, Function<String, T> parse) {
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
