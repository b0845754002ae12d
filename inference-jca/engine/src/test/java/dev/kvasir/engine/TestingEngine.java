package dev.kvasir.engine;

import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** An engine with a thread of its own, and greedy answers of given lengths. */
final class TestingEngine implements AutoCloseable {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Engine engine;

  TestingEngine(EngineConfig config) {
    engine = Engine.start(config, thread);
  }

  Engine engine() {
    return engine;
  }

  /** What a sequence gave: tokens found at open, logits of the first new one, all new ones. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Answer(int poolTokens, float[] logits, List<Integer> tokens) {
    /** Whether logits and tokens are the same, wherever the prompt's K/V came from. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Answer that
          && Arrays.equals(logits, that.logits)
          && tokens.equals(that.tokens);
    }

    @Override
    public int hashCode() {
      return tokens.hashCode();
    }
  }

  Answer answer(TokenIds prompt, List<BlockHash> hashes, int newTokens) {
    FirstLogits first = new FirstLogits();
    try (EngineSequence sequence = open(prompt, hashes, newTokens, first)) {
      return finish(sequence, first);
    }
  }

  EngineSequence open(TokenIds prompt, List<BlockHash> hashes, int newTokens, FirstLogits first) {
    SamplingParams greedy = SamplingParams.builder().ignoreEos(true).build();
    return engine.open(new SequenceRequest(prompt, hashes, greedy, newTokens), () -> true, first);
  }

  static Answer finish(EngineSequence sequence, FirstLogits first) {
    List<Integer> tokens = new ArrayList<>();
    GeneratedToken token = sequence.prefill();
    tokens.add(token.tokenId());
    while (token.finish() == null) {
      token = sequence.next();
      tokens.add(token.tokenId());
    }
    return new Answer(sequence.poolTokens(), first.get(), tokens);
  }

  /** The stored form of blocks that the pool holds. */
  List<byte[]> export(List<BlockHash> hashes) {
    return hashes.stream()
        .map(hash -> engine.model().exportBlock(hash).orElseThrow().bytes())
        .toList();
  }

  TokenIds prompt(int size, Random random) {
    int vocabulary = engine.model().info().vocabularySize();
    return TokenIds.of(random.ints(size, 0, vocabulary).toArray());
  }

  /** Stand-ins for content hashes of a prompt's shareable blocks. */
  static List<BlockHash> hashes(TokenIds prompt) {
    return IntStream.range(0, (prompt.size() - 1) / BlockTable.BLOCK_SIZE)
        .mapToObj(
            i ->
                new BlockHash(prompt.slice(0, (i + 1) * BlockTable.BLOCK_SIZE).hashCode(), i, 0, 0))
        .toList();
  }

  @Override
  public void close() {
    engine.close();
    thread.shutdown();
  }
}
