package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two tenants in a tree of 20 blocks of size 1. */
final class TenantFairnessTest {
  private static final int CAPACITY = 20;

  private long now;

  @ParameterizedTest
  @EnumSource(EvictionKind.class)
  void flood_ofOneTenant_takesNothingFromOneBelowItsShare(EvictionKind kind) {
    PrefixTree tree = new PrefixTree(kind);
    tree.setCapacity(CAPACITY);
    BlockHash parent = null;
    for (int i = 0; i < 8; i++) { // a chain of the quiet one: a single leaf, the oldest of all
      parent = add(tree, "quiet", 1, i, parent);
    }
    for (int i = 0; i < 500; i++) {
      add(tree, "flood", 2, i, null);
      evict(tree);
    }
    assertEquals(8, tree.bytes("quiet"));
    assertEquals(CAPACITY - 8, tree.bytes("flood"));
  }

  @ParameterizedTest
  @EnumSource(EvictionKind.class)
  void borrowed_underPressure_isGivenBackUntilBothHaveTheSame(EvictionKind kind) {
    PrefixTree tree = new PrefixTree(kind);
    tree.setCapacity(CAPACITY);
    for (int i = 0; i < 100; i++) {
      add(tree, "first", 1, i, null);
      evict(tree);
    }
    assertEquals(CAPACITY, tree.bytes("first"));
    for (int i = 0; i < 100; i++) {
      add(tree, "second", 2, i, null);
      evict(tree);
    }
    assertEquals(CAPACITY, tree.bytes());
    assertTrue(Math.abs(tree.bytes("first") - tree.bytes("second")) <= 2);
  }

  @ParameterizedTest
  @EnumSource(EvictionKind.class)
  void pinned_allThatMostHas_othersGive(EvictionKind kind) {
    PrefixTree tree = new PrefixTree(kind);
    tree.setCapacity(CAPACITY);
    for (int i = 0; i < 15; i++) {
      tree.pin(add(tree, "pinned", 1, i, null));
    }
    for (int i = 0; i < 50; i++) {
      add(tree, "other", 2, i, null);
      evict(tree);
    }
    assertEquals(15, tree.bytes("pinned"));
    assertEquals(5, tree.bytes("other"));
  }

  private BlockHash add(
      PrefixTree tree, String tenant, long kind, int number, @Nullable BlockHash parent) {
    BlockHash hash = new BlockHash(kind << 32 | number, kind, number * 0x9E3779B97F4A7C15L, number);
    boolean unused = tree.add(new TreeBlock(hash, parent, 0, 1, tenant), now++);
    return hash;
  }

  private static void evict(PrefixTree tree) {
    List<TreeBlock> unused =
        tree.takeVictims(tree.bytes() - CAPACITY, Long.MAX_VALUE, hash -> true);
  }
}
