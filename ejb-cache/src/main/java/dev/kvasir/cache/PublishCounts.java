package dev.kvasir.cache;

/**
 * What became of blocks that were offered to the store, since the start; see {@link CacheStats}.
 *
 * @param published put into the store
 * @param skipped were there already
 * @param dropped not offered, because too much waited or the pool had given them away
 * @param failed that the engine did not give or the store refused, and those behind them
 * @param queued wait now
 */
public record PublishCounts(long published, long skipped, long dropped, long failed, int queued) {}
