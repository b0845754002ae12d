package dev.kvasir.cache.grid;

import com.hazelcast.map.EntryProcessor;
import dev.kvasir.inference.BlockHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores a payload where none is, on its owner and backup, and answers whether it did: {@code
 * IMap.putIfAbsent} would send the old payload back.
 */
final class StoreIfAbsent implements EntryProcessor<BlockHash, byte[], Boolean> {
  private static final long serialVersionUID = 1L;

  private final byte[] payload;

  StoreIfAbsent(byte[] payload) {
    this.payload = payload;
  }

  byte[] payload() {
    return payload;
  }

  @Override
  public Boolean process(Map.Entry<BlockHash, byte @Nullable []> entry) {
    if (entry.getValue() != null) {
      return false;
    }
    entry.setValue(payload);
    return true;
  }
}
