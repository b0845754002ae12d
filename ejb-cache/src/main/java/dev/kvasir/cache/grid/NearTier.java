package dev.kvasir.cache.grid;

import com.hazelcast.client.map.impl.nearcache.NearCachedClientMapProxy;
import com.hazelcast.internal.nearcache.NearCache;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.NearCachedMapProxyImpl;
import dev.kvasir.inference.BlockHash;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This node's near cache of the blocks: copies in its own memory, shared with all who read them.
 */
final class NearTier {
  /*
   * The public API does not say whether a get was answered by the near cache, and a hit must
   * explain itself. So this class, and no other, asks Hazelcast's internal near cache, a member's or
   * a client's.
   */
  private final NearCache<Object, Object> cache;
  private final int capacity;

  NearTier(IMap<BlockHash, byte[]> blocks, int capacity) {
    this.cache =
        blocks instanceof NearCachedClientMapProxy<?, ?> client
            ? client.getNearCache()
            : ((NearCachedMapProxyImpl<?, ?>) blocks).getNearCache();
    this.capacity = capacity;
  }

  byte @Nullable [] get(BlockHash hash) {
    return cache.get(hash) instanceof byte[] payload ? payload : null;
  }

  /** Forgets what was noted for a hash, be it that there is none. */
  void forget(BlockHash hash) {
    cache.invalidate(hash);
  }

  /** Forgets some blocks; returns how many of them it held. */
  int forgetAll(Collection<BlockHash> hashes) {
    int held = 0;
    for (BlockHash hash : hashes) {
      held += get(hash) == null ? 0 : 1;
      forget(hash);
    }
    return held;
  }

  /** How many of the leading blocks have a copy here. */
  int countLeading(List<BlockHash> hashes) {
    int leading = 0;
    while (leading < hashes.size() && get(hashes.get(leading)) != null) {
      leading++;
    }
    return leading;
  }

  /** Empties it; returns how many blocks it held. */
  int clear() {
    int size = cache.size();
    cache.clear();
    return size;
  }

  int size() {
    return cache.size();
  }

  int capacity() {
    return capacity;
  }

  long evictions() {
    return cache.getNearCacheStats().getEvictions();
  }
}
