package dev.kvasir.cache.grid;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.Ticker;
import dev.kvasir.inference.BlockHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether a tenant may have one more block, as the owner of the block's partition knows. Safe for
 * all threads.
 */
final class TenantQuotas {
  /*
   * The replica knows what each tenant has on all members. A block that was let in here counts from
   * then on, though its entry comes into the replica a moment later. What other members let in is
   * known with their entries: a quota can be passed by what is under way there, some blocks.
   */
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final IndexReplica replica;
  private final Supplier<CacheSettings> settings;
  private final Ticker ticker;

  /** Let in, and not yet known by the replica. Guarded by this. */
  private final Map<BlockHash, Entrant> entrants = new LinkedHashMap<>();

  private record Entrant(String tenant, int bytes, long sinceNanos) {}

  /**
   * @param settings in force
   */
  TenantQuotas(IndexReplica replica, Supplier<CacheSettings> settings, Ticker ticker) {
    this.replica = replica;
    this.settings = settings;
    this.ticker = ticker;
  }

  /** Lets a block in, if its tenant's quota has room for it. */
  boolean letIn(BlockHash hash, String tenant, int bytes) {
    long quota = settings.get().limitsOf(tenant).quotaBytes();
    if (quota == 0) {
      return true;
    }
    synchronized (this) {
      long now = ticker.read();
      entrants
          .entrySet()
          .removeIf(
              entrant ->
                  replica.contains(entrant.getKey())
                      || now - entrant.getValue().sinceNanos() > FORGET_NANOS);
      long underWay =
          entrants.values().stream()
              .filter(entrant -> entrant.tenant().equals(tenant))
              .mapToLong(Entrant::bytes)
              .sum();
      if (replica.bytes(tenant) + underWay + bytes > quota) {
        return false;
      }
      entrants.put(hash, new Entrant(tenant, bytes, now));
      return true;
    }
  }
}
