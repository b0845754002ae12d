package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every policy, at every size, under every workload. */
final class PolicyPropertyTest {
  private static final int REQUESTS = 600;

  /** What is asked for, as chains of block numbers; equal numbers follow equal chains. */
  private enum Workload {
    SKEWED {
      @Override
      List<Integer> request(int i, Random random) {
        return path((int) (400 * Math.pow(random.nextDouble(), 3)));
      }
    },
    LOOP {
      @Override
      List<Integer> request(int i, Random random) {
        return path(i % 97);
      }
    },
    FLOOD {
      @Override
      List<Integer> request(int i, Random random) {
        return path(1_000 + i);
      }
    },
    TURNS {
      @Override
      List<Integer> request(int i, Random random) {
        return path(1 << random.nextInt(1 + i % 14));
      }
    };

    abstract List<Integer> request(int i, Random random);

    /** The ancestors of a number in a heap, without the root, from the top down. */
    private static List<Integer> path(int number) {
      List<Integer> path = new ArrayList<>();
      for (int node = number + 2; node > 1; node /= 2) {
        path.add(0, node);
      }
      return path;
    }
  }

  private static Stream<Arguments> workloads() {
    return Stream.of(EvictionKind.values())
        .flatMap(
            kind -> Stream.of(Workload.values()).map(workload -> Arguments.of(kind, workload)));
  }

  private static Stream<Arguments> matrix() {
    return workloads()
        .flatMap(
            one ->
                Stream.of(1, 7, 40, 200)
                    .map(size -> Arguments.of(one.get()[0], one.get()[1], size)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void serve_anything_budgetAndLeavesFirstHold(EvictionKind kind, Workload workload, int capacity) {
    assertHolds(kind, workload, capacity, 1);
  }

  /** A member's block may continue another's, whose policy is another one. */
  @ParameterizedTest
  @MethodSource("workloads")
  void serve_membersOfASharingGroup_theSameHolds(EvictionKind kind, Workload workload) {
    assertHolds(kind, workload, 40, 3);
  }

  private static void assertHolds(EvictionKind kind, Workload workload, int capacity, int tenants) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    PrefixTree tree = new PrefixTree(kind);
    tree.setCapacity(capacity);
    for (int i = 0; i < REQUESTS; i++) {
      serve(tree, workload.request(i, random), "t" + random.nextInt(tenants), i);
      int excess = tree.size() - capacity;
      List<TreeBlock> victims = tree.takeVictims(excess * 8L, Long.MAX_VALUE, hash -> true);
      assertEquals(Math.max(0, excess), victims.size(), "seed " + seed);
      assertNoHoles(tree, victims);
      if (i % 50 == 0) {
        TreeCheck.assertConsistent(tree);
        tree.switchTo(TunedPolicy.of(i % 100 == 0 ? EvictionKind.LRU : kind));
      }
    }
    TreeCheck.assertConsistent(tree);
  }

  private static void serve(PrefixTree tree, List<Integer> request, String tenant, long now) {
    BlockHash parent = null;
    for (int depth = 0; depth < request.size(); depth++) {
      BlockHash hash = new BlockHash(request.get(depth) * 0x9E3779B97F4A7C15L, 0, 0, 1);
      if (!tree.add(new TreeBlock(hash, parent, depth, 8, tenant), now)) {
        tree.touch(hash, 1, now);
      }
      parent = hash;
    }
  }

  /** Whoever left had no child here, and no one here continues them. */
  private static void assertNoHoles(PrefixTree tree, List<TreeBlock> victims) {
    victims.forEach(victim -> assertFalse(tree.contains(victim.hash())));
    tree.select(hash -> true, Integer.MAX_VALUE)
        .forEach(
            usage -> {
              BlockHash parent = usage.block().parent();
              assertTrue(parent == null || tree.contains(parent), "a hole before " + usage);
            });
  }
}
