package dev.kvasir.bench.serve;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How requests of several groups follow each other; request i is one of group i % groups. */
enum Order {
  /** One of each group, then another one of each, and so on. */
  TILE {
    @Override
    List<Integer> indices(int count, int groups, Random random) {
      return ascending(count);
    }
  },

  /** All of one group, then all of the next. */
  INTERLEAVE {
    @Override
    List<Integer> indices(int count, int groups, Random random) {
      List<Integer> indices = ascending(count);
      indices.sort(Comparator.comparing(index -> index % groups)); // keeps the order within
      return indices;
    }
  },

  /** Anyhow. */
  RANDOM {
    @Override
    List<Integer> indices(int count, int groups, Random random) {
      List<Integer> indices = ascending(count);
      Collections.shuffle(indices, random);
      return indices;
    }
  };

  /** The numbers below {@code count}, as they are sent. */
  abstract List<Integer> indices(int count, int groups, Random random);

  private static List<Integer> ascending(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toList());
  }
}
