package dev.kstack.checks.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A number with a unit.
 *
 * @param what an example, for error messages
 * @param base how many of a unit make the next
 */
record Amount(String what, int base) {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([kmgt]?)");
  private static final String UNITS = "kmgt";

  long parse(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT).replace("_", ""));
    if (!matcher.matches()) {
      throw new TypeConversionException("'%s' is not %s".formatted(text, what));
    }
    int unit = matcher.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(matcher.group(2));
    BigDecimal value =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(base).pow(unit));
    if (value.compareTo(BigDecimal.ONE) < 0) {
      throw new TypeConversionException("'%s' is too small".formatted(text));
    }
    return value.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }
}
