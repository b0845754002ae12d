package dev.kvasir.cache;

import java.util.Map;

/**
 * What became of blocks that were offered to the store, since the start; see {@link CacheStats}.
 *
 * @param published put into the store
 * @param skipped were there already
 * @param dropped not offered, because too much waited or the pool had given them away
 * @param failed that the engine did not give or the store refused, and those behind them
 * @param queued wait now
 * @param refused that the store would not have, by reason: labels of {@link StoreOutcome}, and
 *     {@code behind_refused} for those that continue one
 * @param overQuota of these, those that were over their tenant's quota, by tenant
 */
public record PublishCounts(
    long published,
    long skipped,
    long dropped,
    long failed,
    int queued,
    Map<String, Long> refused,
    Map<String, Long> overQuota) {
  /** Reason of blocks that were not offered, as one before them was refused. */
  public static final String BEHIND_REFUSED = "behind_refused";

  public PublishCounts {
    refused = Map.copyOf(refused);
    overQuota = Map.copyOf(overQuota);
  }
}
