package dev.kvasir.cache;

/**
 * How much a node remembers of blocks that are not in the store.
 *
 * @param capacity most names
 * @param names remembered now
 * @param oldestSeconds since the oldest of them left; 0 of none
 */
public record AbsenceMemory(int capacity, int names, double oldestSeconds) {
  /** Remembers nothing. */
  public static final AbsenceMemory NONE = new AbsenceMemory(0, 0, 0);
}
