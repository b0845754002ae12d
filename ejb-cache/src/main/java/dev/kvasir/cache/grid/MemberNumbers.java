package dev.kvasir.cache.grid;

import com.hazelcast.map.LocalMapStats;

/**
 * What one member answers when it is asked for its numbers.
 *
 * @param ownedBlocks blocks in partitions that it owns
 * @param ownedBytes of these
 * @param backupBytes held for other members
 * @param safe whether its partitions have the backups that they should have
 */
record MemberNumbers(long ownedBlocks, long ownedBytes, long backupBytes, boolean safe) {
  /** Of a member that never answered. */
  static final MemberNumbers UNKNOWN = new MemberNumbers(0, 0, 0, false);

  static MemberNumbers of(LocalMapStats stats, boolean safe) {
    return new MemberNumbers(
        stats.getOwnedEntryCount(),
        stats.getOwnedEntryMemoryCost(),
        stats.getBackupEntryMemoryCost(),
        safe);
  }
}
