package dev.kstack.checks.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A form by its name. */
final class GraphFormatConverter implements ITypeConverter<GraphFormat> {
  @Override
  public GraphFormat convert(String value) {
    return Arrays.stream(GraphFormat.values())
        .filter(format -> format.toString().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of: %s".formatted(value, Arrays.toString(GraphFormat.values()))));
  }
}
