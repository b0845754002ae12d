package dev.kvasir.cache.request;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/** The cache's part in one request, from its lookup to what it leaves behind. One thread. */
sealed interface Reuse permits PrefixReuse, NoReuse {
  /** Names of the blocks that the engine may find and keep. */
  List<BlockHash> hashes();

  /** Puts what was fetched behind what the pool has. */
  void load(Sequence sequence);

  /** Where the prompt's tokens came from; after prefill. */
  CacheReport report(String node, CacheTimes times);

  /** Tells the cache what became of the request. */
  void record(CacheReport report, double firstTokenMillis);

  /** Offers the prompt's blocks to all nodes. */
  void publish();

  /** Lets an answer's blocks be computed for all, when there is time. */
  void share(TokenIds answer);
}
