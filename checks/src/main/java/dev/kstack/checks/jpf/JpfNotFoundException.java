package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;

/** There is no Java PathFinder. The message says where it was looked for, and how to get it. */
public final class JpfNotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  JpfNotFoundException(ImmutableList<String> looked) {
    super(
        "Java PathFinder is not found: %s.%n".formatted(String.join("; ", looked))
            + "It is in no package registry. To get it: git clone -b java-17"
            + " https://github.com/javapathfinder/jpf-core, then ./gradlew buildJars in it; then set"
            + " JPF_HOME to its folder.");
  }
}
