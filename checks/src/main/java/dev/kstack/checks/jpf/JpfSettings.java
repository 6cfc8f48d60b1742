package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.TreeSet;

/**
 * How Java PathFinder explores.
 *
 * @param arguments of JPF, {@code +key=value} each
 */
public record JpfSettings(ImmutableList<String> arguments) {
  private static final String FILE = "jpf-settings.properties";

  /** Those that are checked in. */
  public static JpfSettings load() {
    Properties properties = new Properties();
    try (InputStream in = JpfSettings.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " cannot be read", e);
    }
    return new JpfSettings(
        new TreeSet<>(properties.stringPropertyNames())
            .stream()
                .map(key -> "+%s=%s".formatted(key, properties.getProperty(key)))
                .collect(ImmutableList.toImmutableList()));
  }

  /** The same, but searched in another way: of several values of a key JPF takes the last. */
  public JpfSettings with(String key, String value) {
    return new JpfSettings(
        ImmutableList.<String>builder()
            .addAll(arguments)
            .add("+%s=%s".formatted(key, value))
            .build());
  }
}
