package dev.kstack.checks.explore;

import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Where the tables of a search are that only grow: in the heap, or in a file. */
interface Room extends AutoCloseable {
  Room HEAP =
      new Room() {
        @Override
        public IntBuffer ints(int count) {
          return IntBuffer.allocate(count);
        }

        @Override
        public CharBuffer chars(int count) {
          return CharBuffer.allocate(count);
        }

        @Override
        public LongBuffer longs(int count) {
          return LongBuffer.allocate(count);
        }

        @Override
        public long memory(long bytes) {
          return bytes;
        }

        @Override
        public void close() {}
      };

  /**
   * Room for so many, all 0.
   *
   * @throws DiskFullException if there is none
   */
  IntBuffer ints(int count);

  /** The same. */
  CharBuffer chars(int count);

  /** The same. */
  LongBuffer longs(int count);

  /** Of so many bytes of tables, those that are taken from the memory of the search. */
  long memory(long bytes);

  /** Nothing in it is needed any more, and nothing may be looked at. */
  @Override
  void close();
}
