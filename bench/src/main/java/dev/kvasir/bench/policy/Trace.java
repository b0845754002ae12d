package dev.kvasir.bench.policy;

import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests in the order of their arrival, each a chain of blocks of size 1. */
public final class Trace {
  private final List<int[]> requests = new ArrayList<>();
  private final List<TreeBlock> blocks = new ArrayList<>();
  private final Map<Place, Integer> numbers = new HashMap<>();
  private long accesses;

  /** A name under the block before it: the same name elsewhere is another block. */
  private record Place(int parent, Object name) {}

  /** Adds a request of blocks by name, as they follow each other. */
  public void add(List<?> names) {
    int[] chain = new int[names.size()];
    int parent = -1;
    for (int depth = 0; depth < chain.length; depth++) {
      parent = number(new Place(parent, names.get(depth)), depth);
      chain[depth] = parent;
    }
    requests.add(chain);
    accesses += chain.length;
  }

  /** The chain of each request, as numbers of blocks; not to be written to. */
  public List<int[]> requests() {
    return requests;
  }

  /** A block by its number, below {@link #blockCount}. */
  public TreeBlock block(int number) {
    return blocks.get(number);
  }

  /** Number of different blocks. */
  public int blockCount() {
    return blocks.size();
  }

  /** Blocks of all requests together. */
  public long accesses() {
    return accesses;
  }

  private int number(Place place, int depth) {
    Integer known = numbers.get(place);
    if (known != null) {
      return known;
    }
    int number = blocks.size();
    @Nullable BlockHash parent = place.parent() < 0 ? null : blocks.get(place.parent()).hash();
    blocks.add(new TreeBlock(hash(number), parent, depth, 1, "trace"));
    numbers.put(place, number);
    return number;
  }

  /** A name as even as a digest's. */
  private static BlockHash hash(int number) {
    long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return new BlockHash(mixed ^ (mixed >>> 31), 0, 0, number);
  }
}
