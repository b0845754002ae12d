package dev.kvasir.bench.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Who knows all requests to come: of the leaves, the new ones included, the one leaves that is
 * asked for last (Belady, "A study of replacement algorithms for a virtual-storage computer", 1966,
 * https://doi.org/10.1147/sj.52.0078). A block is never asked for before its parent, so leaves
 * first costs it nothing.
 */
final class Clairvoyant implements Replay {
  private static final int NEVER = Integer.MAX_VALUE;

  private final int capacity;
  private final List<int[]> nextRequests;
  private final int[] children;
  private final int[] parents;
  private final boolean[] here;
  private final int[] next; // request that asks for the block next
  private final TreeSet<Long> leaves = new TreeSet<>(); // next request, then number of the block
  private int request;
  private int size;

  Clairvoyant(Trace trace, int capacity) {
    this.capacity = capacity;
    this.nextRequests = nextRequests(trace);
    this.children = new int[trace.blockCount()];
    this.parents = parents(trace);
    this.here = new boolean[trace.blockCount()];
    this.next = new int[trace.blockCount()];
  }

  @Override
  public int serve(int[] chain) {
    int hits = 0;
    while (hits < chain.length && here[chain[hits]]) {
      hits++;
    }
    int[] nextOf = nextRequests.get(request++);
    for (int depth = 0; depth < chain.length; depth++) {
      int block = chain[depth];
      if (depth < hits) {
        leaves.remove(key(block));
      } else {
        come(block);
      }
      next[block] = nextOf[depth];
      if (children[block] == 0) {
        leaves.add(key(block));
      }
    }
    while (size > capacity) {
      leave((int) (long) leaves.last());
    }
    return hits;
  }

  private void come(int block) {
    here[block] = true;
    size++;
    if (parents[block] >= 0) {
      leaves.remove(key(parents[block]));
      children[parents[block]]++;
    }
  }

  private void leave(int block) {
    leaves.remove(key(block));
    here[block] = false;
    size--;
    if (parents[block] >= 0 && --children[parents[block]] == 0) {
      leaves.add(key(parents[block]));
    }
  }

  private long key(int block) {
    return ((long) next[block] << 32) | block;
  }

  private static int[] parents(Trace trace) {
    int[] parents = new int[trace.blockCount()];
    for (int[] chain : trace.requests()) {
      for (int depth = 0; depth < chain.length; depth++) {
        parents[chain[depth]] = depth == 0 ? -1 : chain[depth - 1];
      }
    }
    return parents;
  }

  /** For each block of each request: the next request that asks for it. */
  private static List<int[]> nextRequests(Trace trace) {
    int[] later = new int[trace.blockCount()];
    Arrays.fill(later, NEVER);
    List<int[]> all = new ArrayList<>(trace.requests());
    for (int request = all.size() - 1; request >= 0; request--) {
      int[] chain = all.get(request);
      int[] nextOf = new int[chain.length];
      for (int depth = 0; depth < chain.length; depth++) {
        nextOf[depth] = later[chain[depth]];
        later[chain[depth]] = request;
      }
      all.set(request, nextOf);
    }
    return all;
  }
}
