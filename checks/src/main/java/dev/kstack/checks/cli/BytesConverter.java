package dev.kstack.checks.cli;

import picocli.CommandLine.ITypeConverter;

/** Memory such as {@code 4G}: powers of 1024, as the JVM has them. */
final class BytesConverter implements ITypeConverter<Long> {
  private static final int KIBI = 1024;

  @Override
  public Long convert(String value) {
    return new Amount("memory such as 800M or 4G", KIBI).parse(value);
  }
}
