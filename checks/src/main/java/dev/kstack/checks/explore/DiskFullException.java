package dev.kstack.checks.explore;

import java.io.IOException;

/** There is no room where the tables of a search go; the search is undecided. */
final class DiskFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DiskFullException(IOException e) {
    super(e);
  }
}
