package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Tells the other nodes what lies on this one's disk, and hears what lies on theirs. */
final class DiskTeller {
  /*
   * Each second a node tells all others what came and went on its disk; who has missed that, or
   * has only just joined, finds out at the next reconciliation, by number and sum, and asks for all
   * of it. What a node told is forgotten with the node. So a block can seem to lie where it
   * does not, which is a miss when it is asked for, and lie where nobody knows for some seconds.
   */
  private static final int ASK_TIMEOUT_MILLIS = 2_000;
  private static final int MAX_NEWS = 10_000;

  private final HazelcastInstance hazelcast;
  private final ITopic<Told<DiskNews>> news;
  private final NodeCalls calls;
  private final NodeId self;
  private final DiskDirectory others;

  /** What the others were told lies here. Guarded by this. */
  private Set<BlockHash> told = new HashSet<>();

  /**
   * @param others learns what is heard
   */
  DiskTeller(HazelcastInstance hazelcast, NodeCalls calls, DiskDirectory others) {
    this.hazelcast = hazelcast;
    this.calls = calls;
    this.others = others;
    self = NodeId.of(hazelcast, calls.clients().isOne());
    news = hazelcast.getTopic(HazelcastSettings.DISK_NEWS);
    news.addMessageListener(message -> hear(message.getMessageObject()));
  }

  private void hear(Told<DiskNews> told) {
    if (!told.by().equals(self)) {
      others.learn(told.by(), told.content());
    }
  }

  /** Tells what came and went since the last time. */
  synchronized void tell(Set<BlockHash> now) {
    List<BlockHash> added = now.stream().filter(hash -> !told.contains(hash)).toList();
    List<BlockHash> removed = told.stream().filter(hash -> !now.contains(hash)).toList();
    for (int from = 0; from < Math.max(added.size(), removed.size()); from += MAX_NEWS) {
      news.publish(new Told<>(self, new DiskNews(part(added, from), part(removed, from), false)));
    }
    told = now;
  }

  private static List<BlockHash> part(List<BlockHash> hashes, int from) {
    int begin = Math.min(from, hashes.size());
    return hashes.subList(begin, Math.min(begin + MAX_NEWS, hashes.size()));
  }

  /** Asks the others for what this node has missed. */
  void reconcile() {
    List<NodeId> present = new ArrayList<>();
    for (Member member : hazelcast.getCluster().getMembers()) {
      if (!member.localMember()) {
        NodeId id = new NodeId(member.getUuid(), false);
        present.add(id);
        calls
            .members()
            .ask(member, new AskDisk(others.summary(id)), ASK_TIMEOUT_MILLIS)
            .ifPresent(answer -> learnAll(id, answer));
      }
    }
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (UUID client : calls.clients().others()) {
      NodeId id = new NodeId(client, true);
      present.add(id);
      asked.add(
          calls
              .inbox()
              .ask(client, new AskDisk(others.summary(id)), ASK_TIMEOUT_MILLIS)
              .thenAccept(answer -> learnAll(id, answer))
              .exceptionally(silent -> null));
    }
    asked.forEach(CompletableFuture::join);
    others.retain(present);
  }

  private void learnAll(NodeId node, DiskNews answer) {
    if (answer.all()) {
      others.learn(node, answer);
    }
  }
}
