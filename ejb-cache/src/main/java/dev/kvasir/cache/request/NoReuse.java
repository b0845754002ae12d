package dev.kvasir.cache.request;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/**
 * A request without the cache: nothing named, so nothing found and nothing left behind.
 *
 * @param promptTokens all of which are computed
 */
record NoReuse(int promptTokens) implements Reuse {
  @Override
  public List<BlockHash> hashes() {
    return List.of();
  }

  @Override
  public double waitedMillis() {
    return 0;
  }

  @Override
  public void load(Sequence sequence) {}

  @Override
  public void computed(double seconds) {}

  @Override
  public CacheReport report(String node, CacheTimes times) {
    return new CacheReport(
        0,
        0,
        0,
        0,
        0,
        promptTokens,
        MissReason.CACHE_OFF,
        times.lookupMillis(),
        times.loadMillis(),
        times.prefillMillis(),
        node);
  }

  @Override
  public void record(CacheReport report, double firstTokenMillis) {}

  @Override
  public void publish() {}

  @Override
  public void share(TokenIds answer) {}

  @Override
  public void close() {}
}
