package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tells the other members what lies on this one's disk, and hears what lies on theirs. */
final class DiskTeller {
  /*
   * Each second a member tells all others what came and went on its disk; who has missed that, or
   * has only just joined, finds out at the next reconciliation, by number and sum, and asks for all
   * of it. What a member told is forgotten with the member. So a block can seem to lie where it
   * does not, which is a miss when it is asked for, and lie where nobody knows for some seconds.
   */
  private static final int ASK_TIMEOUT_MILLIS = 2_000;
  private static final int MAX_NEWS = 10_000;

  private final HazelcastInstance hazelcast;
  private final ITopic<DiskNews> news;
  private final MemberCalls calls;
  private final DiskDirectory others;

  /** What the others were told lies here. Guarded by this. */
  private Set<BlockHash> told = new HashSet<>();

  /**
   * @param others learns what is heard
   */
  DiskTeller(HazelcastInstance hazelcast, DiskDirectory others) {
    this.hazelcast = hazelcast;
    this.others = others;
    calls = new MemberCalls(hazelcast.getExecutorService(HazelcastSettings.MEMBER_CALLS));
    news = hazelcast.getTopic(HazelcastSettings.DISK_NEWS);
    news.addMessageListener(this::hear);
  }

  private void hear(Message<DiskNews> message) {
    Member teller = message.getPublishingMember();
    if (teller != null && !teller.localMember()) {
      others.learn(teller.getUuid(), message.getMessageObject());
    }
  }

  /** Tells what came and went since the last time. */
  synchronized void tell(Set<BlockHash> now) {
    List<BlockHash> added = now.stream().filter(hash -> !told.contains(hash)).toList();
    List<BlockHash> removed = told.stream().filter(hash -> !now.contains(hash)).toList();
    for (int from = 0; from < Math.max(added.size(), removed.size()); from += MAX_NEWS) {
      news.publish(new DiskNews(part(added, from), part(removed, from), false));
    }
    told = now;
  }

  private static List<BlockHash> part(List<BlockHash> hashes, int from) {
    int begin = Math.min(from, hashes.size());
    return hashes.subList(begin, Math.min(begin + MAX_NEWS, hashes.size()));
  }

  /** Asks the others for what this member has missed. */
  void reconcile() {
    List<UUID> present = new ArrayList<>();
    for (Member member : hazelcast.getCluster().getMembers()) {
      if (!member.localMember()) {
        UUID id = member.getUuid();
        present.add(id);
        calls
            .ask(member, new AskDisk(others.summary(id)), ASK_TIMEOUT_MILLIS)
            .filter(DiskNews::all)
            .ifPresent(all -> others.learn(id, all));
      }
    }
    others.retain(present);
  }
}
