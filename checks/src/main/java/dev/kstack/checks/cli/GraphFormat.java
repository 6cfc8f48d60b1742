package dev.kstack.checks.cli;

import java.util.Locale;

/** The forms of other tools in which a graph can be written. */
enum GraphFormat {
  /** Graphviz. */
  DOT,
  /** Aldebaran: CADP, mCRL2, LTSmin. */
  AUT,
  /** GraphML: Gephi, yEd, Cytoscape. */
  GRAPHML,
  /** What the specification allows of a page, for Linux's generator of runtime monitors. */
  RV_DOT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
