package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What lies on the disks of the other members, as they told. Safe for all threads. */
final class DiskDirectory {
  private final Map<UUID, Set<BlockHash>> blocksByMember = new ConcurrentHashMap<>();

  /** Some member that has the block. */
  Optional<UUID> holder(BlockHash hash) {
    for (Map.Entry<UUID, Set<BlockHash>> member : blocksByMember.entrySet()) {
      if (member.getValue().contains(hash)) {
        return Optional.of(member.getKey());
      }
    }
    return Optional.empty();
  }

  /** Takes over what a member tells. */
  void learn(UUID member, DiskNews news) {
    Set<BlockHash> blocks = of(member);
    if (news.all()) {
      blocks.retainAll(Set.copyOf(news.added()));
    }
    blocks.addAll(news.added());
    news.removed().forEach(blocks::remove);
  }

  /** What is known of a member. */
  Summary summary(UUID member) {
    return Summary.of(of(member));
  }

  private Set<BlockHash> of(UUID member) {
    return blocksByMember.computeIfAbsent(member, id -> ConcurrentHashMap.newKeySet());
  }

  /** A member has the block no more. */
  void forget(UUID member, BlockHash hash) {
    of(member).remove(hash);
  }

  /** Forgets all members but these. */
  void retain(Collection<UUID> members) {
    blocksByMember.keySet().retainAll(members);
  }

  void clear() {
    blocksByMember.clear();
  }

  /**
   * Tells two sets of blocks apart, if not by intention.
   *
   * @param blocks how many
   * @param sum of their names' first words, which are as good as random
   */
  record Summary(int blocks, long sum) {
    static Summary of(Set<BlockHash> hashes) {
      int blocks = 0;
      long sum = 0;
      for (BlockHash hash : hashes) {
        blocks++;
        sum += hash.word0();
      }
      return new Summary(blocks, sum);
    }
  }
}
