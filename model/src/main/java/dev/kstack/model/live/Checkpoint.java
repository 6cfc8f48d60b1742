package dev.kstack.model.live;

/**
 * A state of a live run between two operations, from which other runs can begin. A process in the
 * middle of an activation is brought there by handing back what it has chosen and observed.
 *
 * @param words the value of each word, by number
 * @param locals what each process remembered when its activation began
 * @param logs what each process has chosen and observed in its activation, in order
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Checkpoint(int[] words, int[] locals, int[][] logs) {}
