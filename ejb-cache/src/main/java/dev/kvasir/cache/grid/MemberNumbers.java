package dev.kvasir.cache.grid;

import com.hazelcast.map.LocalMapStats;
import dev.kvasir.cache.NodeReport;

/**
 * What one node answers when it is asked for its numbers.
 *
 * @param ownedBlocks blocks in partitions that it owns
 * @param ownedBytes of these
 * @param backupBytes held for other members
 * @param safe whether its partitions have the backups that they should have
 * @param report what else it says of itself
 */
record MemberNumbers(
    long ownedBlocks, long ownedBytes, long backupBytes, boolean safe, NodeReport report) {
  /** Of a node that never answered. */
  static final MemberNumbers UNKNOWN = new MemberNumbers(0, 0, 0, false, NodeReport.SILENT);

  /** Of a client, which has no partitions. */
  static MemberNumbers ofClient(NodeReport report) {
    return new MemberNumbers(0, 0, 0, true, report);
  }

  /** What a node said last that does not answer any more. */
  MemberNumbers asSilent() {
    return new MemberNumbers(ownedBlocks, ownedBytes, backupBytes, safe, report.asSilent());
  }

  static MemberNumbers of(LocalMapStats stats, boolean safe, NodeReport report) {
    return new MemberNumbers(
        stats.getOwnedEntryCount(),
        stats.getOwnedEntryMemoryCost(),
        stats.getBackupEntryMemoryCost(),
        safe,
        report);
  }
}
