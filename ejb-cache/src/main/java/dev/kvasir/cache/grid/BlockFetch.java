package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import dev.kvasir.cache.Lookup.Fetched;
import dev.kvasir.cache.Source;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads blocks, and says from where: near cache, own partition or another member's. */
final class BlockFetch {
  private final IMap<BlockHash, byte[]> blocks;
  private final PartitionService partitions;
  private final NearTier near;
  private final Executor executor;

  BlockFetch(
      IMap<BlockHash, byte[]> blocks,
      PartitionService partitions,
      NearTier near,
      Executor executor) {
    this.blocks = blocks;
    this.partitions = partitions;
    this.near = near;
    this.executor = executor;
  }

  /**
   * Reads one block.
   *
   * @param ifGone hears of a block that the grid has no more
   */
  CompletionStage<@Nullable Fetched> fetch(
      BlockHash hash, int deadlineMillis, Consumer<BlockHash> ifGone) {
    byte[] copy = near.get(hash);
    if (copy != null) {
      return CompletableFuture.completedFuture(fetched(copy, Source.NEAR));
    }
    Source source = isOwn(hash) ? Source.LOCAL : Source.REMOTE;
    CompletableFuture<@Nullable Fetched> answer = new CompletableFuture<>();
    blocks
        .getAsync(hash)
        .whenCompleteAsync(
            (payload, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              } else if (payload == null) {
                near.forget(hash);
                ifGone.accept(hash);
                answer.complete(null);
              } else {
                answer.complete(fetched(payload, source));
              }
            },
            executor);
    return answer.orTimeout(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  /** Whether this member owns the block's partition now. */
  boolean isOwn(BlockHash hash) {
    Member owner = partitions.getPartition(hash).getOwner();
    return owner != null && owner.localMember();
  }

  private static Fetched fetched(byte[] payload, Source source) {
    return new Fetched(KvBlock.wrap(payload), source);
  }
}
