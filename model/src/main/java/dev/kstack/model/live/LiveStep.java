package dev.kstack.model.live;

/**
 * One operation of a run, with the choices before it.
 *
 * @param process the number of the process
 * @param choices their values
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record LiveStep(int process, int[] choices) {}
