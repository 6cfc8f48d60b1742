package dev.kstack.model.design;

/**
 * The sizes at which a design is searched where the user does not say.
 *
 * @param cpus number of CPUs
 * @param threads number of threads
 * @param pages pages of a stack
 * @param frames how many frames follow from the others
 */
public record DefaultSizes(int cpus, int threads, int pages, FrameRule frames) {}
