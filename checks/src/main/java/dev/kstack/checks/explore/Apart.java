package dev.kstack.checks.explore;

/**
 * Objects that different workers write to, each to its own: between the fields of two of them there
 * is a cache line that nobody writes to, wherever they are, so that no worker waits for the memory
 * of another.
 */
abstract class Apart {
  long room0;
  long room1;
  long room2;
  long room3;
  long room4;
  long room5;
  long room6;
  long room7;
}
