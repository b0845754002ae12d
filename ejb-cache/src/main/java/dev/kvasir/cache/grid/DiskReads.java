package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.kvasir.cache.CorruptBlockException;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads blocks from other members' disks. Safe for all threads. */
final class DiskReads {
  private static final Logger LOG = System.getLogger(DiskReads.class.getName());

  private final HazelcastInstance hazelcast;
  private final IExecutorService executor;
  private final DiskDirectory directory;

  DiskReads(HazelcastInstance hazelcast, DiskDirectory directory) {
    this.hazelcast = hazelcast;
    this.directory = directory;
    executor = hazelcast.getExecutorService(HazelcastSettings.DISK_READS);
  }

  /** The block, or null if that member is gone or has it no more. */
  CompletionStage<Lookup.@Nullable Fetched> fetch(UUID holder, BlockHash hash, int deadlineMillis) {
    CompletableFuture<Lookup.@Nullable Fetched> answer = new CompletableFuture<>();
    Member member = member(holder);
    if (member == null) {
      answer.complete(null);
      return answer;
    }
    try {
      executor.submitToMember(
          new ReadDisk(hash, deadlineMillis), member, new Reply(answer, holder, hash));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer.orTimeout(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  /** Tells a member to take a block off its disk; may be lost. */
  void drop(UUID holder, BlockHash hash) {
    directory.forget(holder, hash);
    try {
      Member member = member(holder);
      if (member != null) {
        executor.executeOnMember(new DropFromDisk(hash), member);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "a member was not told to drop a block; its next reader tries again", e);
    }
  }

  private @Nullable Member member(UUID id) {
    for (Member member : hazelcast.getCluster().getMembers()) {
      if (member.getUuid().equals(id)) {
        return member;
      }
    }
    return null;
  }

  /** Hands an answer over. */
  private final class Reply implements ExecutionCallback<DiskAnswer> {
    private final CompletableFuture<Lookup.@Nullable Fetched> answer;
    private final UUID holder;
    private final BlockHash hash;

    Reply(CompletableFuture<Lookup.@Nullable Fetched> answer, UUID holder, BlockHash hash) {
      this.answer = answer;
      this.holder = holder;
      this.hash = hash;
    }

    @Override
    public void onResponse(DiskAnswer read) {
      switch (read.kind()) {
        case FOUND ->
            answer.complete(new Lookup.Fetched(KvBlock.wrap(read.payload()), Source.DISK));
        case GONE -> {
          directory.forget(holder, hash);
          answer.complete(null);
        }
        case CORRUPT -> {
          directory.forget(holder, hash);
          answer.completeExceptionally(
              new CorruptBlockException("block " + hash + " was corrupt on another node's disk"));
        }
        case FAILED ->
            answer.completeExceptionally(new IOException("another node's disk did not give it"));
      }
    }

    @Override
    public void onFailure(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
