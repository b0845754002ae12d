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
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads blocks from other nodes' disks. Safe for all threads. */
final class DiskReads {
  private static final Logger LOG = System.getLogger(DiskReads.class.getName());
  private static final int DROP_MILLIS = 5_000;

  private final HazelcastInstance hazelcast;
  private final IExecutorService executor;
  private final Inbox inbox;
  private final DiskDirectory directory;

  /**
   * @param inbox asks clients
   */
  DiskReads(HazelcastInstance hazelcast, Inbox inbox, DiskDirectory directory) {
    this.hazelcast = hazelcast;
    this.inbox = inbox;
    this.directory = directory;
    executor = hazelcast.getExecutorService(HazelcastSettings.DISK_READS);
  }

  /** The block, or null if that node is gone or has it no more. */
  CompletionStage<Lookup.@Nullable Fetched> fetch(
      NodeId holder, BlockHash hash, int deadlineMillis) {
    CompletableFuture<Lookup.@Nullable Fetched> answer = new CompletableFuture<>();
    Reply reply = new Reply(answer, holder, hash);
    ReadDisk read = new ReadDisk(hash, deadlineMillis);
    if (holder.client()) {
      CompletableFuture<Void> unused =
          inbox
              .ask(holder.id(), read, deadlineMillis)
              .thenAccept(reply::onResponse)
              .exceptionally(failure -> silent(reply, failure));
      return answer;
    }
    Member member = member(holder.id());
    if (member == null) {
      answer.complete(null);
      return answer;
    }
    try {
      executor.submitToMember(read, member, reply);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer.orTimeout(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  /** Nobody waits for a client twice: it may be gone, which nobody tells. */
  private @Nullable Void silent(Reply reply, Throwable failure) {
    directory.forget(reply.holder);
    reply.onFailure(failure);
    return null;
  }

  /** Tells a node to take a block off its disk; may be lost. */
  void drop(NodeId holder, BlockHash hash) {
    directory.forget(holder, hash);
    try {
      if (holder.client()) {
        CompletableFuture<Boolean> unused =
            inbox.ask(holder.id(), new DropFromDisk(hash), DROP_MILLIS);
        return;
      }
      Member member = member(holder.id());
      if (member != null) {
        Future<Boolean> unused = executor.submitToMember(new DropFromDisk(hash), member);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "a node was not told to drop a block; its next reader tries again", e);
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
    private final NodeId holder;
    private final BlockHash hash;

    Reply(CompletableFuture<Lookup.@Nullable Fetched> answer, NodeId holder, BlockHash hash) {
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
