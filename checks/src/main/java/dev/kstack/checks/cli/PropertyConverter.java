package dev.kstack.checks.cli;

import static java.util.stream.Collectors.joining;

import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A property that can be violated, by the name that reports have. */
final class PropertyConverter implements ITypeConverter<Property> {
  @Override
  public Property convert(String value) {
    List<Property> all =
        StackProperties.ALL.stream().filter(p -> p.kind() != Property.Kind.SANITY).toList();
    return all.stream()
        .filter(p -> p.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of: %s"
                        .formatted(
                            value, all.stream().map(Property::name).collect(joining(", ")))));
  }
}
