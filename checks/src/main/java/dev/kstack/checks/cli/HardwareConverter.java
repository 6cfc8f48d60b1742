package dev.kstack.checks.cli;

import static java.util.stream.Collectors.joining;

import dev.kstack.model.hardware.Hardware;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A hardware mode by the name that reports have. */
final class HardwareConverter implements ITypeConverter<Hardware> {
  @Override
  public Hardware convert(String value) {
    return Arrays.stream(Hardware.values())
        .filter(mode -> mode.label().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of: %s"
                        .formatted(
                            value,
                            Arrays.stream(Hardware.values())
                                .map(Hardware::label)
                                .collect(joining(", ")))));
  }
}
