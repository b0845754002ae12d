package dev.kvasir.cache.grid;

/**
 * What one member forgot.
 *
 * @param near copies in its near cache
 * @param pool blocks of its engine's pool
 * @param disk blocks on its disk
 */
record DroppedHere(int near, int pool, long disk) {}
