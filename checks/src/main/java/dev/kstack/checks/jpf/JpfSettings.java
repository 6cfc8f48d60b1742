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
  private static final String RACES = "jpf-races.properties";

  /** Those that are checked in. */
  public static JpfSettings load() {
    return new JpfSettings(read(FILE));
  }

  /** The same, and JPF's race detector looks at what is announced to it. */
  JpfSettings withRaceDetector() {
    return new JpfSettings(
        ImmutableList.<String>builder().addAll(arguments).addAll(read(RACES)).build());
  }

  private static ImmutableList<String> read(String file) {
    Properties properties = new Properties();
    try (InputStream in = JpfSettings.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
    return new TreeSet<>(properties.stringPropertyNames())
        .stream()
            .map(key -> "+%s=%s".formatted(key, properties.getProperty(key)))
            .collect(ImmutableList.toImmutableList());
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
