package dev.kvasir.bench.jmh;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What an eviction policy costs for each block that a request takes or stores, in a full cache of
 * 10,000 blocks: prompts of ten blocks, four times as many as fit, some of them much more frequent;
 * what they push out is picked and taken out: {@code bin/bench jmh --only PrefixTree}.
 */
@State(Scope.Thread)
public class PrefixTreeBenchmark {
  private static final int CAPACITY = 10_000;
  private static final int PROMPT_BLOCKS = 10;
  private static final int PROMPTS = 4 * CAPACITY / PROMPT_BLOCKS;
  private static final int BLOCK_BYTES = 1_474_560;
  private static final long STEP_NANOS = 1_000_000;

  /** Of the policy, as settings name it. */
  @Param({"lru", "s3_fifo", "arc", "reuse"})
  @SuppressWarnings("NullAway.Init") // JMH sets it
  public String policy;

  private final Random random = new Random(1);
  private final List<List<TreeBlock>> prompts = prompts();

  @SuppressWarnings("NullAway.Init") // set up before the first call
  private PrefixTree tree;

  private long nowNanos;

  private static List<List<TreeBlock>> prompts() {
    List<List<TreeBlock>> prompts = new ArrayList<>();
    for (int prompt = 0; prompt < PROMPTS; prompt++) {
      List<TreeBlock> blocks = new ArrayList<>();
      @Nullable BlockHash parent = null;
      for (int depth = 0; depth < PROMPT_BLOCKS; depth++) {
        BlockHash hash = new BlockHash(prompt, depth, 0, 0);
        blocks.add(new TreeBlock(hash, parent, depth, BLOCK_BYTES, "bench"));
        parent = hash;
      }
      prompts.add(List.copyOf(blocks));
    }
    return prompts;
  }

  /** Fills the cache. */
  @Setup
  public void fill() {
    tree = new PrefixTree(EvictionKind.valueOf(policy.toUpperCase(Locale.ROOT)));
    tree.setCapacity(CAPACITY);
    while (tree.size() < CAPACITY) {
      blocks();
    }
  }

  @Benchmark
  @OperationsPerInvocation(PROMPT_BLOCKS)
  public int blocks() {
    nowNanos += STEP_NANOS;
    for (TreeBlock block : prompts.get(Samples.skewed(random, PROMPTS))) {
      if (!tree.add(block, nowNanos)) {
        tree.touch(block.hash(), 1, nowNanos);
      }
    }
    long over = (long) tree.size() - CAPACITY;
    return over <= 0
        ? 0
        : tree.takeVictims(over * BLOCK_BYTES, Long.MAX_VALUE, block -> true).size();
  }
}
