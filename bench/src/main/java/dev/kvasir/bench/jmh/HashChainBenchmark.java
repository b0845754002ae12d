package dev.kvasir.bench.jmh;

import dev.kvasir.cache.chain.HashChain;
import dev.kvasir.cache.chain.Namespace;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Naming the blocks of a prompt: {@code bin/bench jmh --only HashChain}. */
@State(Scope.Thread)
public class HashChainBenchmark {
  private static final int BLOCK_SIZE = 64;

  @Param({"512", "8000"})
  int tokens;

  private Namespace namespace = new Namespace(Samples.fingerprint(1), new byte[32]);
  private TokenIds prompt = TokenIds.of();

  @Setup
  public void makePrompt() {
    prompt = Samples.tokens(new Random(1), tokens);
  }

  @Benchmark
  public List<BlockHash> hashPrompt() {
    return HashChain.of(namespace, prompt, BLOCK_SIZE);
  }
}
