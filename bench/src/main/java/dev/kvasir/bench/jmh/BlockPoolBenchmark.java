package dev.kvasir.bench.jmh;

import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.paged.CachedBlock;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A request's life in a pool of 512 blocks: eight blocks of a prompt are found or allocated and
 * named, two more are allocated, all are given back. There are four times as many prompts as fit,
 * some of them much more frequent: {@code bin/bench jmh --only BlockPool}.
 */
@State(Scope.Thread)
public class BlockPoolBenchmark {
  private static final int BLOCKS = 512;
  private static final int PROMPT_BLOCKS = 8;
  private static final int ANSWER_BLOCKS = 2;
  private static final int PROMPTS = 4 * BLOCKS / PROMPT_BLOCKS;
  private static final int BLOCK_BYTES = 1_474_560;

  private final Random random = new Random(1);
  private final BlockPool pool = new BlockPool(1, BLOCKS, BLOCK_BYTES);
  private final TokenIds blockTokens = Samples.tokens(random, 64);
  private final List<TokenIds> tokens = Collections.nCopies(PROMPT_BLOCKS, blockTokens);
  private final List<List<BlockHash>> prompts = prompts();

  private static List<List<BlockHash>> prompts() {
    List<List<BlockHash>> prompts = new ArrayList<>();
    for (int prompt = 0; prompt < PROMPTS; prompt++) {
      List<BlockHash> hashes = new ArrayList<>();
      for (int block = 0; block < PROMPT_BLOCKS; block++) {
        hashes.add(new BlockHash(prompt, block, 0, 0));
      }
      prompts.add(List.copyOf(hashes));
    }
    return prompts;
  }

  @Benchmark
  public int request() {
    List<BlockHash> hashes = prompts.get(Samples.skewed(random, PROMPTS));
    List<Integer> blocks = pool.acquireLeading(hashes, tokens);
    int found = blocks.size();
    pool.reserve(PROMPT_BLOCKS + ANSWER_BLOCKS - found);
    for (int index = found; index < PROMPT_BLOCKS; index++) {
      int block = pool.allocate();
      pool.register(block, new CachedBlock(hashes.get(index), index, blockTokens));
      blocks.add(block);
    }
    for (int i = 0; i < ANSWER_BLOCKS; i++) {
      blocks.add(pool.allocate());
    }
    Collections.reverse(blocks);
    pool.release(blocks);
    return found;
  }
}
