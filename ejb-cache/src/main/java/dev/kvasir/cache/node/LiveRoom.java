package dev.kvasir.cache.node;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.Watermarks;

/** A node's share of the live cache, in blocks. */
final class LiveRoom {
  private LiveRoom() {}

  /**
   * What its budget holds, less the part that backups of others' blocks take.
   *
   * @param held now; tells how many copies there are of a block
   * @param blockBytes of a block that nothing is known of yet
   */
  static CacheSimulator.Room of(CacheSettings.Room room, GridStats.Held held, int blockBytes) {
    Watermarks watermarks = Watermarks.of(room);
    double ownShare = held.bytesHere() == 0 ? 1 : (double) held.ownedBytes() / held.bytesHere();
    double blocks = ownShare * room.budgetBytes() / blockBytes;
    return new CacheSimulator.Room(
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, blocks * watermarks.start())),
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, blocks * watermarks.stop())));
  }
}
