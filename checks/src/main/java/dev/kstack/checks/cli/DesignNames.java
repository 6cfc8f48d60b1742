package dev.kstack.checks.cli;

import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import java.util.ArrayList;

/** The designs and their defects, for shells to complete. */
final class DesignNames extends ArrayList<String> {
  private static final long serialVersionUID = 1L;

  DesignNames() {
    super(new Catalogue(Designs.ALL).all().stream().map(Subject::name).toList());
  }
}
