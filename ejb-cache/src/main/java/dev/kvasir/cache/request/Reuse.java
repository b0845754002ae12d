package dev.kvasir.cache.request;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/** The cache's part in one request, from its lookup to what it leaves behind. One thread. */
sealed interface Reuse extends AutoCloseable permits PrefixReuse, PassageReuse, NoReuse {
  /** Names of the blocks that the engine may find and keep. */
  List<BlockHash> hashes();

  /** Milliseconds that the lookup waited for another request that computed the same. */
  double waitedMillis();

  /** Puts what was fetched behind what the pool has. */
  void load(Sequence sequence);

  /** Computes the rest of the prompt, and meanwhile loads what is worth it. */
  default GeneratedToken prefill(Sequence sequence) {
    return sequence.prefill();
  }

  /**
   * The rest of the prompt is computed.
   *
   * @param seconds that its prefill took by the clock
   */
  void computed(double seconds);

  /** Where the prompt's tokens came from; after prefill. */
  CacheReport report(String node, CacheTimes times);

  /** Tells the cache what became of the request. */
  void record(CacheReport report, double firstTokenMillis);

  /** Offers the prompt's blocks to all nodes. */
  void publish();

  /** Lets an answer's blocks be computed for all, when there is time. */
  void share(TokenIds answer);

  /** Lets go who waits for what this request was to compute and did not. Idempotent. */
  @Override
  void close();
}
