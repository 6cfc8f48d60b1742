package dev.kstack.checks.cli;

import picocli.CommandLine.ITypeConverter;

/** A number such as {@code 10M}: thousands. */
final class CountConverter implements ITypeConverter<Long> {
  private static final int THOUSAND = 1000;

  @Override
  public Long convert(String value) {
    return new Amount("a number such as 500k or 10M", THOUSAND).parse(value);
  }
}
