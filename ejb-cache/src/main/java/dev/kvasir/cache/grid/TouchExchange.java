package dev.kvasir.cache.grid;

import com.hazelcast.topic.ITopic;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells all members which blocks were used here, gathered for a second at a time; every replica
 * keeps recency and frequency of all blocks by what it hears. Touches may be lost.
 */
final class TouchExchange {
  /** Most blocks between two flushes; what goes beyond is not told. */
  private static final int MAX_PENDING = 100_000;

  private final ConcurrentHashMap<BlockHash, Long> pending = new ConcurrentHashMap<>();
  private final ITopic<Usages> topic;

  TouchExchange(ITopic<Usages> topic, IndexReplica replica) {
    this.topic = topic;
    topic.addMessageListener(message -> replica.adopt(message.getMessageObject()));
  }

  void touch(List<BlockHash> hashes) {
    if (pending.size() < MAX_PENDING) {
      hashes.forEach(hash -> pending.merge(hash, 1L, Long::sum));
    }
  }

  /** Sends what was gathered, to this member too. */
  void flush() {
    List<BlockHash> hashes = new ArrayList<>();
    List<Long> uses = new ArrayList<>();
    for (Map.Entry<BlockHash, Long> entry : pending.entrySet()) {
      Long count = pending.remove(entry.getKey());
      if (count != null) {
        hashes.add(entry.getKey());
        uses.add(count);
      }
    }
    if (!hashes.isEmpty()) {
      topic.publish(Usages.ofNow(hashes, uses.stream().mapToLong(Long::longValue).toArray()));
    }
  }
}
