package dev.kvasir.cache;

/**
 * One node of the cluster.
 *
 * @param name of the node
 * @param address {@code host:port} of its grid member
 * @param local whether it is the node that answers
 * @param partitions that it owns, of 271 in all
 * @param ownedBlocks blocks in partitions that it owns
 * @param ownedBytes of these
 * @param backupBytes held for other members
 * @param budgetBytes that both together may take
 * @param report what it says of itself
 */
public record MemberInfo(
    String name,
    String address,
    boolean local,
    int partitions,
    long ownedBlocks,
    long ownedBytes,
    long backupBytes,
    long budgetBytes,
    NodeReport report) {}
