package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import dev.kvasir.inference.BlockHash;
import org.jspecify.annotations.Nullable;

/** Reads payloads of this member's own partitions without leaving a copy in the near cache. */
final class PayloadReader {
  private final IMap<BlockHash, byte[]> blocks;
  private final NearTier near;

  PayloadReader(IMap<BlockHash, byte[]> blocks, NearTier near) {
    this.blocks = blocks;
    this.near = near;
  }

  /** A block's payload; null if there is none. */
  byte @Nullable [] read(BlockHash hash) {
    byte[] copy = near.get(hash);
    return copy != null ? copy : blocks.executeOnKey(hash, new ReadPayload());
  }
}
