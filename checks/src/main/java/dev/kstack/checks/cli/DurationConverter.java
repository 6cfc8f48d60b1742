package dev.kstack.checks.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Seconds, from a time such as {@code 30s}, {@code 10m} or {@code 2h}. */
final class DurationConverter implements ITypeConverter<Double> {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([smh]?)");
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;

  @Override
  public Double convert(String value) {
    Matcher matcher = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'%s' is not a time such as 30s, 10m or 2h".formatted(value));
    }
    double unit =
        switch (matcher.group(2)) {
          case "m" -> MINUTE;
          case "h" -> HOUR;
          default -> 1;
        };
    return Double.parseDouble(matcher.group(1)) * unit;
  }
}
