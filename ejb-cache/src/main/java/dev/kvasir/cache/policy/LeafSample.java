package dev.kvasir.cache.policy;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Leaves without an order, of which some can be drawn at random; each change in O(1). */
final class LeafSample {
  /*
   * Stamps and weights lie beside the nodes, so that looking at a leaf touches no object: 64 looks
   * take less than the eviction itself.
   */
  private final SplittableRandom random = new SplittableRandom(2);
  private Node[] leaves = new Node[64];
  private long[] stamps = new long[64];
  private double[] weights = new double[64];
  private int size;

  int size() {
    return size;
  }

  void add(Node leaf, long stamp, double weight) {
    if (size == leaves.length) {
      leaves = Arrays.copyOf(leaves, 2 * size);
      stamps = Arrays.copyOf(stamps, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    leaf.slot = size;
    stamps[size] = stamp;
    weights[size] = weight;
    leaves[size++] = leaf;
  }

  void remove(Node leaf) {
    size--;
    int slot = leaf.slot;
    leaves[slot] = leaves[size];
    stamps[slot] = stamps[size];
    weights[slot] = weights[size];
    leaves[slot].slot = slot;
  }

  /** Any place, from 0 to below {@link #size}. */
  int anyPlace() {
    return random.nextInt(size);
  }

  Node leaf(int place) {
    return leaves[place];
  }

  long stamp(int place) {
    return stamps[place];
  }

  double weight(int place) {
    return weights[place];
  }
}
