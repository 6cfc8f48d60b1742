/**
 * The live machine: the same processes on real threads, over ordinary Java memory. One variable a
 * word, plain accesses are plain Java accesses, marked ones have the access mode of their name,
 * locks exclude by compare-and-swap. What the hardware does in one locked cycle, it does with the
 * bus locked.
 *
 * <p>Nothing here is explored. Who wants to explore it starts it under a checker of Java programs,
 * or again and again.
 */
package dev.kstack.model.live;
