package dev.kstack.checks.mutate;

/**
 * A change of the operations at one place.
 *
 * @param place where they stand
 * @param edit what becomes of them
 */
record Rewrite(Place place, Edit edit) {}
