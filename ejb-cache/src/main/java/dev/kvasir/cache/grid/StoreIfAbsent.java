package dev.kvasir.cache.grid;

import com.hazelcast.map.EntryProcessor;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.inference.BlockHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores a payload where none is, on its owner and backup, if the tenant's quota has room for it,
 * and answers with the name of the {@link StoreOutcome}: {@code IMap.putIfAbsent} would send the
 * old payload back.
 */
final class StoreIfAbsent extends MemberTask implements EntryProcessor<BlockHash, byte[], String> {
  private static final long serialVersionUID = 1L;

  private final byte[] payload;

  /** Whose the block is; null on a backup, where the owner has decided. */
  private final @Nullable String tenant;

  private transient boolean stored;

  StoreIfAbsent(byte[] payload, @Nullable String tenant) {
    this.payload = payload;
    this.tenant = tenant;
  }

  byte[] payload() {
    return payload;
  }

  @Nullable String tenant() {
    return tenant;
  }

  @Override
  public String process(Map.Entry<BlockHash, byte @Nullable []> entry) {
    if (entry.getValue() != null) {
      return StoreOutcome.PRESENT.name();
    }
    NodeDesk here = deskIfOpen();
    String owner = tenant;
    if (owner != null
        && here != null
        && !here.quotas().letIn(entry.getKey(), owner, payload.length)) {
      return StoreOutcome.OVER_QUOTA.name();
    }
    entry.setValue(payload);
    stored = true;
    return StoreOutcome.STORED.name();
  }

  @Override
  public @Nullable EntryProcessor<BlockHash, byte[], String> getBackupProcessor() {
    return stored ? new StoreIfAbsent(payload, null) : null;
  }
}
