package dev.kvasir.cache.grid;

import com.hazelcast.map.EntryProcessor;
import dev.kvasir.inference.BlockHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a payload where it lies; changes nothing, so backups need not hear of it. */
final class ReadPayload implements EntryProcessor<BlockHash, byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  @Override
  public byte @Nullable [] process(Map.Entry<BlockHash, byte @Nullable []> entry) {
    return entry.getValue();
  }

  @Override
  public @Nullable EntryProcessor<BlockHash, byte[], byte[]> getBackupProcessor() {
    return null;
  }
}
