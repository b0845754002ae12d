package dev.kvasir.cache.tenants;

/**
 * What became of a change of a group.
 *
 * @param now the group
 * @param blocks that left the tiers: all of those who share with others than before
 */
public record GroupChange(SharingGroup now, Removal.Dropped blocks) {}
