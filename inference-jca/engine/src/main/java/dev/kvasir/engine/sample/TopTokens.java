package dev.kvasir.engine.sample;

import java.util.Arrays;

/**
 * The best of the tokens offered: a heap with the worst of them on top, which a better replaces.
 */
final class TopTokens {
  /*
   * A token is one long: its logit's bits, mapped so that they sort as the logits do, above its id's
   * complement, so that the smaller id is better among equals.
   */
  private static final long ID_BITS = 0xFFFF_FFFFL;

  private final long[] heap; // (size), parent of i at (i - 1) / 2, none better than its children
  private int size;
  private float worst = Float.POSITIVE_INFINITY; // the real one once the heap is full

  TopTokens(int capacity) {
    heap = new long[capacity];
  }

  /** Keeps the token if it is among the best so far; ids must come in rising order. */
  void offer(int id, float logit) {
    if (size < heap.length) {
      heap[size++] = key(id, logit);
      if (size == heap.length) {
        for (int parent = (size - 2) / 2; parent >= 0; parent--) {
          siftDown(parent);
        }
        worst = logit(heap[0]);
      }
    } else if (logit > worst) {
      heap[0] = key(id, logit);
      siftDown(0);
      worst = logit(heap[0]);
    }
  }

  /** Best first. */
  int[] ids() {
    long[] sorted = Arrays.copyOf(heap, size);
    Arrays.sort(sorted);
    int[] ids = new int[size];
    for (int i = 0; i < size; i++) {
      ids[i] = (int) (~sorted[size - 1 - i] & ID_BITS);
    }
    return ids;
  }

  private void siftDown(int start) {
    int parent = start;
    long moved = heap[parent];
    for (int child = 2 * parent + 1; child < size; child = 2 * parent + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (moved <= heap[child]) {
        break;
      }
      heap[parent] = heap[child];
      parent = child;
    }
    heap[parent] = moved;
  }

  private static long key(int id, float logit) {
    int bits = Float.floatToIntBits(logit + 0f); // -0 and 0 are equal
    int rising = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
    return ((long) rising << Integer.SIZE) | (~id & ID_BITS);
  }

  private static float logit(long key) {
    int rising = (int) (key >> Integer.SIZE);
    return Float.intBitsToFloat(rising >= 0 ? rising : rising ^ Integer.MAX_VALUE);
  }
}
