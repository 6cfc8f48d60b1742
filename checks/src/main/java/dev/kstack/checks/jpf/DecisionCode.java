package dev.kstack.checks.jpf;

import dev.kstack.model.kernel.Decisions;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The decisions of one design as text, and back: {@code design.ReclaimAfterFinishTask(...)}. So
 * whoever explores a design has that design alone in memory, and not all that have a name.
 */
final class DecisionCode {
  private static final String PACKAGE = "dev.kstack.model.";
  private static final String NULL = "-";

  /** Not a comma, which JPF takes for the end of an argument. */
  private static final char SEPARATOR = '/';

  private final String text;
  private int at;

  private DecisionCode(String text) {
    this.text = text;
  }

  /** What stands in place of a code where decisions are known by their name alone. */
  static final String BY_NAME = "-";

  /** A code where there is one. */
  static String orName(Decisions decisions) {
    try {
      return of(decisions);
    } catch (IllegalArgumentException e) {
      return BY_NAME; // a list or a set is among them
    }
  }

  /** What {@link #read} takes: records, values of enums, booleans, or nothing. */
  static String of(Object decision) {
    if (decision == null) {
      return NULL;
    }
    if (decision instanceof Boolean) {
      return decision.toString();
    }
    if (decision instanceof Enum<?> e) {
      return name(e.getDeclaringClass()) + "." + e.name();
    }
    StringBuilder code = new StringBuilder(name(decision.getClass())).append('(');
    RecordComponent[] components = decision.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      code.append(i == 0 ? "" : SEPARATOR).append(of(value(decision, components[i])));
    }
    return code.append(')').toString();
  }

  private static Object value(Object decision, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(decision);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(Class<?> type) {
    if (!type.getName().startsWith(PACKAGE)) {
      throw new IllegalArgumentException("%s is no decision".formatted(type));
    }
    return type.getName().substring(PACKAGE.length());
  }

  /** The decisions that {@link #of} has written. */
  static Decisions read(String code) throws ReflectiveOperationException {
    return (Decisions) new DecisionCode(code).next();
  }

  private Object next() throws ReflectiveOperationException {
    int began = at;
    while (at < text.length() && text.charAt(at) != SEPARATOR && text.charAt(at) != ')') {
      if (text.charAt(at) == '(') {
        return record(text.substring(began, at));
      }
      at++;
    }
    String word = text.substring(began, at);
    if (word.equals(NULL)) {
      return null;
    }
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    int dot = word.lastIndexOf('.');
    return constant(Class.forName(PACKAGE + word.substring(0, dot)), word.substring(dot + 1));
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private Object record(String name) throws ReflectiveOperationException {
    List<Object> values = new ArrayList<>();
    while (text.charAt(at) != ')') {
      at++; // over what opens, or separates
      if (text.charAt(at) != ')') {
        values.add(next());
      }
    }
    at++;
    for (Constructor<?> constructor : Class.forName(PACKAGE + name).getDeclaredConstructors()) {
      if (constructor.getParameterTypes().length == values.size()) {
        constructor.setAccessible(true);
        return constructor.newInstance(values.toArray());
      }
    }
    throw new IllegalArgumentException(name);
  }
}
